const fn ranges<'graph>(x: Tensor<'graph>, n: usize) -> Tensor<'graph> {
    let mut x = x;
    {
        let [mut __next, __end] = [0, n];
        'outer: while __next < __end {
            let i = __next;
            __next += 1;
            {
                let [__start, mut __next] = [1, n];
                let mut __more = __start <= __next;
                while __more {
                    let _ = __next;
                    __more = __start < __next;
                    if __more {
                        __next -= 1;
                    }
                    if i == 3 {
                        continue 'outer;
                    }
                    x = x.relu();
                }
            }
        }
    }
    {
        let [__start, __end]: [usize; 2] = [0, n];
        let __len = __end.saturating_sub(__start);
        let __step0: usize = 2;
        ::core::assert!(__step0 != 0, "`step_by` takes a step of at least 1");
        let __len0 = __len.div_ceil(__step0);
        let mut __next = 0usize;
        while __next < __len0 {
            let i = __start + (__len0 - 1 - __next) * __step0;
            __next += 1;
            x = x.linear(::netcost::layers::Linear::new(i));
        }
    }
    {
        let [__start, __end]: [usize; 2] = [0, n];
        let __len = if __start <= __end { __end - __start + 1 } else { 0 };
        let mut __next = 0usize;
        while __next < __len {
            let (k, i) = (__next, __start + __len - 1 - __next);
            __next += 1;
            x = x.linear(::netcost::layers::Linear::new(i * k));
        }
    }
    x
}
const fn items<'graph>(x: Tensor<'graph>, widths: &[usize]) -> Tensor<'graph> {
    #[allow(unused_imports)]
    use ::netcost::__macro::refusals::*;
    let mut x = x;
    match ::netcost::__macro::Items(&[(96, 3), (192, 3)]) {
        __items => {
            let mut __next = 0usize;
            let __len = __items.len();
            while __next < __len {
                let (i, (channels, depth)) = (__next, __items.at(__next));
                __next += 1;
                x = x.linear(::netcost::layers::Linear::new(channels * depth + i));
            }
        }
    }
    match ::netcost::__macro::Items(widths) {
        __items => {
            let mut __next = 0usize;
            let __len = __items.len();
            while __next < __len {
                let &width = __items.at(__next);
                __next += 1;
                x = x.linear(::netcost::layers::Linear::new(width));
            }
        }
    }
    match ::netcost::__macro::Items(&widths) {
        __items => {
            let mut __next = 0usize;
            let __len = __items.len();
            while __next < __len {
                let (i, width) = (__len - 1 - __next, *__items.at(__len - 1 - __next));
                __next += 1;
                x = x.linear(::netcost::layers::Linear::new(width * i));
            }
        }
    }
    match ::netcost::__macro::Items(widths) {
        __items => {
            let mut __next = 0usize;
            let __len = __items.len();
            let __step2: usize = 2;
            ::core::assert!(__step2 != 0, "`step_by` takes a step of at least 1");
            let __len2 = __len.div_ceil(__step2);
            while __next < __len2 {
                let (i, width) = (
                    __next * __step2,
                    __items.at(__len - 1 - __next * __step2),
                );
                __next += 1;
                x = x.linear(::netcost::layers::Linear::new(*width * i));
            }
        }
    }
    match ::netcost::__macro::Items(::netcost::__macro::List::from_array([x, x])) {
        __items => {
            let mut __next = 0usize;
            let __len = __items.len();
            while __next < __len {
                let branch = __items.at(__next);
                __next += 1;
                x = ::netcost::__macro::Operands::new(x, branch).add();
            }
        }
    }
    x
}
