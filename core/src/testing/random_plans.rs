//! Plans of random networks, held against their bounds and against an exact search.

use crate::base::dtype::DataType;
use crate::base::layout::Layout;
use crate::base::shape::Shape;
use crate::deploy::deployed::Deployed;
use crate::graph::settings::Settings;
use crate::graph::tensor::{Builder, Tensor, Tensors};
use crate::layers::conv::conv::Conv2d;
use crate::layers::pool::max_pool::MaxPool2d;
use crate::layers::product::linear::Linear;
use crate::layers::rearrange::concat::Concat;
use crate::memory::buffers::{Buffer, Buffers, Sharing};
use crate::memory::groups::Groups;
use crate::op::lag::{Direction, lag};
use crate::op::storage::Place;
use crate::testing::built::Built;
use crate::testing::testing::{Array, Box, Vec, vec, with_room};

/// Numbers that differ from seed to seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// A network of one input.
fn network(settings: Settings, shape: &[usize], declare: impl Fn(Tensor<'_>) -> Vec<Tensor<'_>>) -> Box<Deployed> {
    let mut network = Box::new(Deployed::new(settings));
    let builder = Builder::new(network.graph_mut(), "test");
    for output in declare(builder.input("x", Shape::new(shape))) {
        builder.output(output, output.shape());
    }
    builder.finish();
    network.deploy();
    network
}

#[test]
fn chains_are_at_their_bound() {
    with_room(|| {
        for seed in 0..10_000 {
            let mut random = Random(seed);
            let sizes: Vec<_> = (0..4 + random.below(8)).map(|_| 1 + random.below(40)).collect();
            let chain = network(Settings::new(), &sizes[..1], |x| {
                vec![sizes[1..].iter().fold(x, |x, &size| x.linear(Linear::new(size)))]
            });
            let bound = sizes.windows(2).map(|pair| pair[0] + pair[1]).max();
            assert_eq!(Some(chain.plan().len as usize), bound, "{sizes:?}");
        }
    });
}

/// Layers on earlier tensors, as far as their shapes fit: chains, residuals, branches and concatenations. What no layer
/// reads is an output. Sums have their operands in either order.
fn declare<'g>(x: Tensor<'g>, mut random: Random, swapped: bool) -> Vec<Tensor<'g>> {
    let len = 4 + random.below(6);
    let mut tensors = vec![x];
    let mut unread = vec![0];
    let sum = |x: Tensor<'g>, y: Tensor<'g>| if swapped { y.add(x) } else { x.add(y) };
    while tensors.len() < len {
        let x = if random.below(3) > 0 { tensors.len() - 1 } else { random.below(tensors.len()) };
        let of = tensors[x];
        let others = |fits: &dyn Fn(Tensor<'g>) -> bool| -> Vec<usize> {
            (0..tensors.len()).filter(|&y| y != x && fits(tensors[y])).collect()
        };
        let alike = others(&|y| y.shape().same(&of.shape()));
        let beside = others(&|y| y.shape().with(0, 1).same(&of.shape().with(0, 1)));
        let pointwise = |x: Tensor<'g>, channels| x.conv2d(Conv2d::new(channels, [1, 1]));
        let mut y = x;
        let made = match random.below(10) {
            0..4 => pointwise(of, random.below(12) + 1),
            4 => of.relu(),
            5 if !alike.is_empty() => {
                y = alike[random.below(alike.len())];
                sum(of, tensors[y])
            }
            6 if !beside.is_empty() => {
                y = beside[random.below(beside.len())];
                Tensors([of, tensors[y]]).concat(Concat::new())
            }
            7 if of.dim(1) > 3 => of.max_pool2d(MaxPool2d::new(2)),
            8 => of.max_pool2d(MaxPool2d::new(3).stride(1).padding(1)),
            9 => {
                let wide = pointwise(of, random.below(24) + 1);
                let narrow = pointwise(wide, of.channels());
                tensors.extend([wide, narrow]);
                sum(of, narrow)
            }
            _ => continue,
        };
        unread.retain(|&tensor| tensor != x && tensor != y);
        unread.push(tensors.len());
        tensors.push(made);
    }
    unread.into_iter().map(|i| tensors[i]).collect()
}

/// The least memory that buffers take, where that is less than what is known: groups of them lie at distances from
/// each other that are searched.
struct Search<'a> {
    buffers: &'a [Buffer],
    groups: &'a Groups,
    /// Pairs of buffers that are live together, the largest first.
    pairs: Vec<(usize, usize)>,
}

/// Where each group starts, at least and at most; and for each pair, whether the first is below the second.
#[derive(Clone)]
struct Ranges {
    low: Vec<i64>,
    high: Vec<i64>,
    below: Vec<Option<bool>>,
}

impl<'a> Search<'a> {
    fn new(buffers: &'a [Buffer], groups: &'a Groups) -> Self {
        let together = |&(a, b): &(usize, usize)| {
            let (x, y): (&Buffer, &Buffer) = (&buffers[a], &buffers[b]);
            groups.of[a] != groups.of[b] && x.first <= y.last && y.first <= x.last
        };
        let all = (0..buffers.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
        let mut pairs: Vec<_> = all.filter(together).collect();
        pairs.sort_by_key(|&(a, b)| core::cmp::Reverse(buffers[a].elements + buffers[b].elements));
        Search { buffers, groups, pairs }
    }

    /// The least memory, if it is less than this.
    fn less_than(&self, mut len: u64, bound: u64) -> u64 {
        while len > bound {
            let room = len as i64 - 1;
            let high: Vec<_> = (0..self.buffers.len()).map(|group| room - self.groups.extent[group] as i64).collect();
            if high.iter().any(|&high| high < 0) {
                break;
            }
            let ranges = Ranges { low: vec![0; high.len()], high, below: vec![None; self.pairs.len()] };
            let Some(low) = self.place(ranges) else { break };
            let ends = (0..low.len()).map(|group| low[group] as u64 + self.groups.extent[group]);
            len = ends.max().expect("a buffer");
        }
        len
    }

    /// The start of the group of the first, and of the second; and how far the latter is at least after the former if the
    /// first is below the second.
    fn order(&self, (first, second): (usize, usize)) -> (usize, usize, i64) {
        let end = self.groups.at[first] + self.buffers[first].elements;
        let distance = end as i64 - self.groups.at[second] as i64;
        (self.groups.of[first] as usize, self.groups.of[second] as usize, distance)
    }

    /// Where groups start, if they fit into their ranges.
    fn place(&self, mut ranges: Ranges) -> Option<Vec<i64>> {
        let mut changed = true;
        while changed {
            changed = false;
            for (i, &(a, b)) in self.pairs.iter().enumerate() {
                let orders = [self.order((b, a)), self.order((a, b))];
                let fits = |(x, y, distance): (usize, usize, i64)| ranges.low[x] + distance <= ranges.high[y];
                let below = match (ranges.below[i], fits(orders[0]), fits(orders[1])) {
                    (_, false, false) | (Some(true), _, false) | (Some(false), false, _) => return None,
                    (None, true, true) => continue,
                    (_, _, fits) => ranges.below[i].unwrap_or(fits),
                };
                let (x, y, distance) = orders[below as usize];
                let (low, high) = (ranges.low[x] + distance, ranges.high[y] - distance);
                changed |= ranges.below[i].is_none() || ranges.low[y] < low || ranges.high[x] > high;
                ranges.below[i] = Some(below);
                ranges.low[y] = ranges.low[y].max(low);
                ranges.high[x] = ranges.high[x].min(high);
            }
        }
        let overlaps = |&i: &usize| {
            let (a, b) = self.pairs[i];
            let apart = |(x, y, distance): (usize, usize, i64)| ranges.low[x] + distance <= ranges.low[y];
            ranges.below[i].is_none() && !apart(self.order((a, b))) && !apart(self.order((b, a)))
        };
        let Some(pair) = (0..self.pairs.len()).find(overlaps) else { return Some(ranges.low) };
        [true, false].into_iter().find_map(|below| {
            let mut ranges = ranges.clone();
            ranges.below[pair] = Some(below);
            self.place(ranges)
        })
    }
}

/// The least memory that a network takes, if that is less than its plan does: however its memory is shared.
fn optimum(network: &Deployed) -> u64 {
    let (graph, live) = (&network.graph, &network.live);
    let mut len = network.plan().len;
    let flags = [false, true];
    for sharing in flags.iter().flat_map(|&joins| flags.map(|trails| Sharing { joins, trails, ..Sharing::TRAILING })) {
        for sharing in [sharing, Sharing { over_newest: true, ..sharing }, Sharing::APART] {
            if network.graph.settings.fuse || !sharing.in_place {
                let buffers = Buffers::new(graph, live, sharing);
                let groups = buffers.groups();
                let search = Search::new(&buffers.buffers[..buffers.len], &groups);
                len = search.less_than(len, buffers.live(graph.len()).peak);
            }
        }
    }
    len
}

#[test]
fn most_plans_are_the_best() {
    with_room(|| {
        let (mut best, mut worst) = (0, 1.0_f64);
        let count = 2000;
        for seed in 0..count {
            let shape = [1 + Random(seed).below(8), 4, 4];
            let build = |settings, swapped| network(settings, &shape, |x| declare(x, Random(seed), swapped));
            let plain = build(Settings::new(), false);
            let fused = build(Settings::new().fuse(), false);
            let swapped = build(Settings::new().fuse(), true);
            assert!(fused.plan().len <= plain.plan().len, "`fuse` is never worse: {seed}");
            assert_eq!(fused.plan().len, swapped.plan().len, "the order of operands does not matter: {seed}");
            for network in [plain, fused] {
                let (len, optimum) = (network.plan().len, optimum(&network));
                let bound = network.in_use(network.graph.settings.fuse).peak;
                assert!(len >= bound);
                best += u64::from(len == optimum);
                worst = worst.max(len as f64 / optimum as f64);
            }
        }
        let share = 100.0 * best as f64 / (2 * count) as f64;
        assert!(share >= 99.0 && worst < 1.08, "{share} % are the best; the worst takes {worst} of the best");
    });
}

/// Windows are computed in a direction in which none overwrites what a later one reads.
#[test]
fn outputs_trail_their_input_by_their_lag() {
    with_room(|| {
        let mut count = [0; 2];
        for seed in 0..1000 {
            let shape = [1 + Random(seed).below(8), 4, 4];
            let settings = Settings::new().dtype(DataType::I8).fuse();
            let network = network(settings, &shape, |x| declare(x, Random(seed), false));
            let (Deployed { graph, live, .. }, plan) = (&*network, network.plan());
            for node in 0..graph.len() {
                let Place::Sliding(axes) = graph.storage(node).place else { continue };
                let operand = graph.operand(node, 0);
                let (input, output) = (&graph.node(operand).shape, &graph.node(node).shape);
                let (from, to) = (plan.offset(live, operand), plan.offset(live, node));
                let ends = (from + input.elements, to + output.elements);
                if from < ends.1 && to < ends.0 {
                    let direction = plan.direction(graph, live, node);
                    let lag = lag(axes, input, output, Layout::ChannelLast, direction);
                    assert!(match direction {
                        Direction::Forward => to + lag <= from,
                        Direction::Backward => ends.0 + lag <= ends.1,
                    });
                    count[direction as usize] += 1;
                }
            }
        }
        assert!(count.iter().all(|&count| count > 40), "{count:?}");
    });
}

/// Each output of a depthwise convolution lies a row and a position before its input, or after it.
#[test]
fn a_chain_does_not_move_in_one_direction() {
    with_room(|| {
        let chain = network(Settings::new().dtype(DataType::I8).fuse(), &[2, 8, 8], |x| {
            vec![(0..10).fold(x, |x, _| x.conv2d(Conv2d::new(2, [3, 3]).padding(1).groups(2)))]
        });
        assert_eq!(chain.plan().len, 2 * (8 * 8 + 8 + 1));
    });
}

/// Where most layers can trail their input, fusing still never takes more, whatever has to be tried for that.
#[test]
fn plans_of_eight_bits_are_never_worse_when_fused() {
    with_room(|| {
        let (mut at_bound, count) = (0, 1000);
        for seed in 0..count {
            let shape = [1 + Random(seed).below(8), 4, 4];
            let settings = Settings::new().dtype(DataType::I8);
            let build = |settings, swapped| network(settings, &shape, |x| declare(x, Random(seed), swapped));
            let (plain, fused) = (build(settings, false), build(settings.fuse(), false));
            let (len, bound) = (fused.plan().len, fused.in_use(true).peak);
            assert!(bound <= len && len <= plain.plan().len, "{seed}");
            assert_eq!(len, build(settings.fuse(), true).plan().len, "the order of operands does not matter: {seed}");
            at_bound += u64::from(len == bound);
        }
        assert!(at_bound >= count * 95 / 100, "{at_bound} are at their bound");
    });
}

/// Another order takes no more memory, and changes no bit of the results.
#[test]
fn orders_change_no_result() {
    with_room(|| {
        let mut others = [0; 2];
        for seed in 0..1000 {
            let shape = [1 + Random(seed).below(8), 4, 4];
            for settings in [Settings::new(), Settings::new().fuse()] {
                let [chosen, declared] = [settings, settings.declared_order()]
                    .map(|settings| Built::new(network(settings, &shape, |x| declare(x, Random(seed), false))));
                assert!(!declared.deployed.live.schedule.differs && chosen.plan.len <= declared.plan.len, "{seed}");
                if !chosen.deployed.live.schedule.differs {
                    continue;
                }
                others[settings.fuse as usize] += 1;
                assert_eq!(chosen.deployed.cost.weights, declared.deployed.cost.weights);
                let weights = Array::numbers(&[chosen.deployed.cost.weights as usize]).data;
                let outputs = [chosen, declared].map(|network| {
                    let mut arena = vec![0.0; network.plan.len as usize];
                    network.views.inputs[0].of_mut(&mut arena).copy_from_slice(&Array::numbers(&shape).data);
                    let ran = network.validate(&weights, &mut arena).expect("what is declared is executed");
                    let outputs = (0..).map_while(|output| ran.outputs.get(output));
                    outputs.map(|output| output.iter().map(|x| x.to_bits()).collect()).collect::<Vec<Vec<_>>>()
                });
                assert_eq!(outputs[0], outputs[1], "{seed}");
            }
        }
        assert!(others.iter().all(|&count| count > 50), "{others:?}");
    });
}
