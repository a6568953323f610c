//! A network that is read at run time is reported, run and proved from values alone, as its twin that is declared.

extern crate std;

use std::string::ToString;

use crate::base::shape::Shape;
use crate::budget::check::Numbers;
use crate::budget::message::exceeded;
use crate::budget::parse::{Value, Written, parse};
use crate::cost::memory::Memory;
use crate::declared::Declared;
use crate::deploy::deployed::Deployed;
use crate::graph::settings::Settings;
use crate::graph::tensor::Builder;
use crate::layers::conv::conv::Conv2d;
use crate::layers::norm::batch_norm::BatchNorm;
use crate::layers::product::linear::Linear;
use crate::network::network::Network;
use crate::quantity::limit::Limit;
use crate::testing::built::Built;
use crate::testing::testing::{All, Array, Box, Vec, vec, with_room};
use crate::tools::tally::Tally;

const fn deployed() -> Deployed {
    let mut network = Deployed::new(Settings::new().fuse());
    let builder = Builder::new(network.graph_mut(), "Digits");
    let x = builder.input("x", Shape::new(&[1, 8, 8]));
    let y = x.conv2d(Conv2d::new(4, 3).bias(false)).batch_norm(BatchNorm::new()).relu();
    let y = y.flatten().linear(Linear::new(10)).sigmoid();
    builder.output(y, y.shape());
    builder.finish();
    network.deploy();
    network
}

enum Known {}
impl Network for Known {}
impl Declared for Known {
    const GRAPH: &'static Deployed = &deployed();
}

#[test]
fn it_is_reported() {
    let report = with_room(|| Built::new(Box::new(deployed())).report());
    assert_eq!(report.to_string(), Known::report().to_string());
}

/// The limits of a text, as a command reads them.
fn limits(text: &'static str) -> Vec<Limit> {
    let mut limits = vec![];
    parse(text, |written| {
        let Written { quantity, per_layer, relation, value, .. } = written.expect("a limit");
        let Value::Amount(_, value) = value else { panic!("an amount") };
        limits.push(Limit { quantity: *quantity, per_layer, relation, value, text });
    });
    limits
}

#[test]
fn its_budget_is_checked() {
    with_room(|| {
        let built = Built::new(Box::new(deployed()));
        let (memory, tally) = (Memory::of(&built.deployed, &built.plan), Tally::of(&built.deployed));
        let numbers = Numbers { network: &built.deployed, memory, tally };
        let macs = limits("macs <= 2k");
        assert_eq!(numbers.used(&macs[0]), Known::MACS);
        assert_eq!(numbers.first_broken(&limits("macs <= 100k, ram <= 4 KiB, thop.params <= 10k")), usize::MAX);
        assert_eq!(numbers.first_broken(&limits("macs <= 100k, ram <= 64 B, layer.macs <= 1")), 1);
        let message = exceeded(&macs, &numbers);
        assert!(message.as_str().starts_with("`Digits` breaks its budget\n  macs <= 2k: it has 2,736 MACs, 736 over"));
    });
}

#[test]
fn it_is_run_and_validated() {
    let input = Array::numbers(&[64]).data;
    let weights = Array::numbers(&[Known::WEIGHTS_LEN]).data;
    let mut arena = vec![0.0; Known::ARENA_LEN];
    Known::input(&mut arena).copy_from_slice(&input);
    let expected = Known::run(&weights, &mut arena).expect("the network runs").to_vec();
    with_room(|| {
        let built = Built::new(Box::new(deployed()));
        let mut arena = vec![0.0; built.plan.len as usize];
        built.views.inputs[0].of_mut(&mut arena).copy_from_slice(&input);
        let mut layers = vec![];
        let ran = built.executable().run::<All>(Built::CUSTOMS, &weights, &mut arena, |layer| layers.push(layer));
        assert_eq!(*ran.expect("it runs"), *expected);
        assert_eq!(layers, [0, 2, 4, 5], "a folded normalisation and a view are not run");

        built.views.inputs[0].of_mut(&mut arena).copy_from_slice(&input);
        let validated = built.validate(&weights, &mut arena).expect("what is declared is executed");
        assert_eq!(*validated.outputs, *expected);
        assert_eq!(validated.macs, Known::MACS);
    });
}

#[cfg(feature = "std")]
#[test]
fn it_has_a_session_and_a_profile() {
    use crate::session::portable::Engine;
    use crate::session::session::Session;

    let input = Array::numbers(&[64]).data;
    let weights = Array::numbers(&[Known::WEIGHTS_LEN]).data;
    let mut known = Known::session(&weights).expect("the length of the weights");
    known.input().copy_from_slice(&input);
    let expected = known.run().expect("it runs").to_vec();
    with_room(|| {
        let built = Built::new(Box::new(deployed()));
        let engine = Engine::new::<All>(Built::CUSTOMS);
        let mut session = Session::<All>::new(engine, &built.deployed, &weights).expect("the length of the weights");
        session.input().copy_from_slice(&input);
        assert_eq!(session.run().expect("it runs"), expected);
        let profile = built.subject().run_session(&mut session.lowered).expect("it runs");
        assert_eq!(profile.cost, Known::COST);
    });
}
