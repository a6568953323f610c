//! The variables of a file: what it keeps from one run to the next.

use crate::tflite::fault::Fault;

/// No node.
pub(super) const NONE: u16 = u16::MAX;

/// What a tensor that stands for the first variable has become, in place of a node.
pub(super) const HANDLES: u16 = 1 << 15;

/// The most variables of a network.
const MAX_VARIABLES: usize = 64;

/// The variables of a file that were met so far.
pub(super) struct Variables {
    pub all: [Variable; MAX_VARIABLES],
    pub count: usize,
    /// The graph that gives them their first values.
    pub initial: Option<usize>,
}

#[derive(Clone, Copy)]
pub(super) struct Variable {
    pub name: &'static str,
    /// The node of what it was before this run.
    pub state: u16,
    /// The node of what it is assigned.
    pub value: u16,
}

impl Variables {
    pub const NONE: Variables =
        Variables { all: [Variable { name: "", state: NONE, value: NONE }; MAX_VARIABLES], count: 0, initial: None };

    /// What a tensor that stands for the variable of a name has become.
    pub const fn named(&mut self, name: &'static str) -> Result<u16, Fault> {
        let mut variable = 0;
        while variable < self.count {
            if same(self.all[variable].name, name) {
                return Ok(HANDLES + variable as u16);
            }
            variable += 1;
        }
        if self.count == MAX_VARIABLES {
            return Err(Fault::Words("is the 65th variable: at most 64 are kept"));
        }
        self.all[variable].name = name;
        self.count += 1;
        Ok(HANDLES + variable as u16)
    }

    /// Whether a node is a variable before this run that was already assigned.
    pub const fn is_past(&self, node: u16) -> bool {
        let mut variable = 0;
        while variable < self.count {
            let Variable { state, value, .. } = self.all[variable];
            if state == node && value != NONE {
                return true;
            }
            variable += 1;
        }
        false
    }

    /// Checks that what is read is also assigned.
    pub const fn check(&self) -> Result<(), Fault> {
        let mut variable = 0;
        while variable < self.count {
            if self.all[variable].state != NONE && self.all[variable].value == NONE {
                return Err(Fault::Words("reads a variable that it never assigns"));
            }
            variable += 1;
        }
        Ok(())
    }
}

/// Whether two names are the same.
pub(super) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}
