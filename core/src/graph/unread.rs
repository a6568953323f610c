//! Layers that nobody reads: no output depends on them.

use crate::graph::graph::{Graph, MAX_NODES, Node};
use crate::graph::scope::Scope;
use crate::op::storage::{Place, Reads};

impl Graph {
    /// Moves the layers that nobody reads after all others, where only their names and tensors are asked for. All keep
    /// the names that they have in the declaration. Gives the new number of each node, if there are any such layers.
    pub(crate) const fn set_aside_unread(&mut self) -> Option<[u16; MAX_NODES]> {
        let mut is_read = [false; MAX_NODES];
        let mut output = 0;
        while output < self.output_count {
            is_read[self.outputs[output].node as usize] = true;
            output += 1;
        }
        let mut unread = self.follow_back(&mut is_read);
        while unread > 0 && self.read_changes(&mut is_read) {
            unread = self.follow_back(&mut is_read);
        }
        if unread == 0 {
            return None;
        }
        self.unread = unread;
        Some(self.renumber(&is_read))
    }

    /// Follows what is read to its operands; gives the number of layers that are not.
    const fn follow_back(&self, is_read: &mut [bool; MAX_NODES]) -> usize {
        let (mut node, mut unread) = (self.nodes.len(), 0);
        while node > self.input_count {
            node -= 1;
            if !is_read[node] {
                unread += 1;
                continue;
            }
            let this = self.nodes.get(node);
            if this.inputs > 0 {
                is_read[this.first as usize] = true;
                let (mut edge, end) = (this.edge as usize, this.edge as usize + this.inputs as usize - 1);
                while edge < end {
                    is_read[self.edges[edge] as usize] = true;
                    edge += 1;
                }
            }
        }
        unread
    }

    /// What changes a state that is read is read in the next run; gives whether any was not yet known to be.
    const fn read_changes(&self, is_read: &mut [bool; MAX_NODES]) -> bool {
        let (mut any, mut node) = (false, self.input_count);
        while node < self.nodes.len() {
            if !is_read[node]
                && is_read[self.operand(node, 0)]
                && matches!(self.storage(node).place, Place::IntoOperand)
            {
                is_read[node] = true;
                any = true;
            }
            node += 1;
        }
        any
    }

    /// Numbers the nodes anew: those that are read, and then the others. Gives the new number of each.
    const fn renumber(&mut self, is_read: &[bool; MAX_NODES]) -> [u16; MAX_NODES] {
        let declared = self.nodes.len();
        // How many are read of those before each node.
        let mut read = [0; MAX_NODES + 1];
        let mut numbers = [0; MAX_NODES];
        let mut node = 0;
        while node < declared {
            let stays = node < self.input_count || is_read[node];
            read[node + 1] = read[node] + stays as u16;
            numbers[node] = if stays { read[node] } else { self.len() as u16 + node as u16 - read[node] };
            node += 1;
        }
        let nodes = self.nodes;
        node = 0;
        while node < declared {
            let this = *nodes.get(node);
            self.nodes.set(numbers[node] as usize, Node { first: numbers[this.first as usize], ..this });
            node += 1;
        }
        let mut edge = 0;
        while edge < self.edge_count {
            self.edges[edge] = numbers[self.edges[edge] as usize];
            edge += 1;
        }
        let mut output = 0;
        while output < self.output_count {
            self.outputs[output].node = numbers[self.outputs[output].node as usize];
            output += 1;
        }
        let mut scope = 0;
        while scope < self.scopes.len() {
            let this = *self.scopes.get(scope);
            let nodes = [read[this.nodes[0] as usize], read[this.nodes[1] as usize]];
            self.scopes.set(scope, Scope { nodes, ..this });
            scope += 1;
        }
        numbers
    }

    /// Whether a layer that nobody reads is worth a report. A view is not, nor is a part that is copied, such as one of
    /// `chunk`.
    pub(crate) const fn is_reported(&self, node: usize) -> bool {
        let storage = self.storage(node);
        let is_part = matches!(storage.reads, Reads::Written)
            && self.node(node).shape.elements < self.node(self.operand(node, 0)).shape.elements;
        !storage.is_view() && !is_part
    }

    /// How many of the layers that nobody reads are reported.
    pub(crate) const fn reported(&self) -> usize {
        let (mut reported, mut node) = (0, self.len());
        while node < self.nodes.len() {
            reported += self.is_reported(node) as usize;
            node += 1;
        }
        reported
    }
}
