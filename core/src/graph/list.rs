//! Lists that work at compile time: `vec![x]` and the sequences of `for`.

/// The most elements of a [`List`].
pub const CAPACITY: usize = 128;

/// What `vec![..]` makes in a declaration: a list of up to 128 elements, copied like a number.
#[derive(Clone, Copy)]
pub struct List<T: Copy> {
    /// The first element that is pushed also fills all places that are still empty.
    items: Option<[T; CAPACITY]>,
    len: usize,
}

impl<T: Copy> List<T> {
    /// The empty list.
    pub const fn new() -> Self {
        List { items: None, len: 0 }
    }

    /// The list of these elements.
    #[track_caller]
    pub const fn from_array<const N: usize>(array: [T; N]) -> Self {
        let mut list = List::new();
        let mut i = 0;
        while i < N {
            list.push(array[i]);
            i += 1;
        }
        list
    }

    /// The list of `len` copies of one element.
    #[track_caller]
    pub const fn repeat(item: T, len: usize) -> Self {
        let mut list = List::new();
        while list.len < len {
            list.push(item);
        }
        list
    }

    /// Appends an element.
    ///
    /// # Panics
    /// If the list is full.
    #[track_caller]
    pub const fn push(&mut self, item: T) {
        if self.len == CAPACITY {
            panic!("a list in a declaration holds at most 128 elements");
        }
        match &mut self.items {
            Some(items) => items[self.len] = item,
            None => self.items = Some([item; CAPACITY]),
        }
        self.len += 1;
    }

    /// The elements.
    pub const fn as_slice(&self) -> &[T] {
        match &self.items {
            Some(items) => items.split_at(self.len).0,
            None => &[],
        }
    }

    /// Removes the last element and returns it.
    pub const fn pop(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        match &self.items {
            Some(items) => Some(items[self.len]),
            None => None,
        }
    }

    /// The first element.
    pub const fn first(&self) -> Option<&T> {
        self.get(0)
    }

    /// The last element.
    pub const fn last(&self) -> Option<&T> {
        if self.len == 0 { None } else { self.get(self.len - 1) }
    }

    /// The element at an index, if there is one.
    pub const fn get(&self, index: usize) -> Option<&T> {
        match &self.items {
            Some(items) if index < self.len => Some(&items[index]),
            _ => None,
        }
    }

    /// The element at an index: `list[index]`.
    #[track_caller]
    pub const fn at(&self, index: usize) -> &T {
        match self.get(index) {
            Some(item) => item,
            None => outside(index, self.len),
        }
    }

    /// The element at an index, to be changed.
    #[track_caller]
    pub const fn at_mut(&mut self, index: usize) -> &mut T {
        let len = self.len;
        if index < len
            && let Some(items) = &mut self.items
        {
            return &mut items[index];
        }
        outside(index, len)
    }

    /// Removes all elements.
    pub const fn clear(&mut self) {
        self.len = 0;
    }

    /// The number of elements.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no element.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
}

impl<T: Copy> Default for List<T> {
    fn default() -> Self {
        List::new()
    }
}

#[track_caller]
const fn outside(index: usize, len: usize) -> ! {
    crate::base::message::Text::new()
        .str("index ")
        .number(index as u64)
        .str(" is outside a list of ")
        .number(len as u64)
        .str(if len == 1 { " element" } else { " elements" })
        .fail()
}

/// What `for` runs over, if it is not a range; and what is indexed, if it may be a list.
#[derive(Clone, Copy)]
pub struct Items<T>(pub T);

/// `[generics] sequence: item, its length, the item of an index`
macro_rules! items {
    ($([$($generics:tt)*] $sequence:ty: $item:ty, |$items:ident| $len:expr, |$index:ident| $at:expr;)*) => {
        $(
            #[allow(clippy::len_without_is_empty)] // a loop asks for nothing else
            impl<$($generics)*> Items<$sequence> {
                /// The number of elements.
                pub const fn len(&self) -> usize {
                    let $items = &self.0;
                    $len
                }

                /// One element.
                #[track_caller]
                pub const fn at(&self, $index: usize) -> $item {
                    let $items = &self.0;
                    $at
                }
            }
        )*
    };
}

items! {
    [T: Copy, const N: usize] [T; N]: T, |items| items.len(), |index| items[index];
    ['a, T, const N: usize] &'a [T; N]: &'a T, |items| items.len(), |index| &items[index];
    ['a, T] &'a [T]: &'a T, |items| items.len(), |index| &items[index];
    // `.iter()` borrows what is already borrowed.
    ['a, T, const N: usize] &&'a [T; N]: &'a T, |items| items.len(), |index| &items[index];
    ['a, T] &&'a [T]: &'a T, |items| items.len(), |index| &items[index];
    [T: Copy] List<T>: T, |items| items.len, |index| *items.at(index);
    ['a, T: Copy] &'a List<T>: &'a T, |items| items.len, |index| items.at(index);
    ['a, T: Copy] &&'a List<T>: &'a T, |items| items.len, |index| items.at(index);
}
