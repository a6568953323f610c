//! A table of fixed capacity that is filled from the front.

/// A place for an item. The const interpreter spends no time on creating or copying empty places.
#[derive(Clone, Copy)]
union Slot<T: Copy> {
    item: T,
    none: (),
}

/// At most `N` items.
#[derive(Clone, Copy)]
pub(crate) struct Slots<T: Copy, const N: usize> {
    len: usize,
    slots: [Slot<T>; N],
}

impl<T: Copy, const N: usize> Slots<T, N> {
    /// No item.
    pub const fn new() -> Self {
        Slots { len: 0, slots: [Slot { none: () }; N] }
    }

    /// The number of items.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Appends an item, unless the table is full; returns its index.
    pub const fn push(&mut self, item: T) -> Option<u16> {
        let index = self.len;
        if index == N {
            return None;
        }
        self.slots[index] = Slot { item };
        self.len = index + 1;
        Some(index as u16)
    }

    /// One of the items.
    #[allow(unsafe_code)]
    pub const fn get(&self, index: usize) -> &T {
        assert!(index < self.len);
        // SAFETY: the slots before `len` have been written.
        unsafe { &self.slots[index].item }
    }

    /// Replaces one of the items.
    pub const fn set(&mut self, index: usize, item: T) {
        assert!(index < self.len);
        self.slots[index] = Slot { item };
    }
}
