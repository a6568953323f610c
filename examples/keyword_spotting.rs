//! x
fn main() {
    use netcost::prelude::*;
    println!("{}", netcost_zoo::DsCnnFused::report());
    println!("{}", netcost_zoo::DsCnn::report());
    let mut w = vec![0.0; netcost_zoo::DsCnn::WEIGHTS_LEN];
    netcost::weights::seeded::<netcost_zoo::DsCnn>(1, &mut w).unwrap();
    let mut a = vec![0.0; netcost_zoo::DsCnn::ARENA_LEN];
    netcost_zoo::DsCnn::input(&mut a).fill(0.5);
    println!("{:?}", netcost_zoo::DsCnn::run(&w, &mut a));
    println!("{:?}", netcost_zoo::DsCnn::validate(&w, &mut a, |m| println!("{} {}", m.layer.name, m.macs)));
    println!("{:?}", (netcost_zoo::MobileNetV2::<224>::MACS, netcost_zoo::MobileNetV2::<224>::PARAMS, netcost_zoo::AlexNet::<224,224>::MACS, netcost_zoo::AlexNet::<224,224>::PARAMS));
    println!("{:?}", (netcost_zoo::ResNet152::MACS, netcost_zoo::ResNet152::PARAMS));
}
