//! A map in a sorted vector.

use std::borrow::Borrow;

/// A map for few keys: ordered, quick to copy, and a fraction of a tree's code, which counts in WebAssembly.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Table<K, V> {
    rows: Vec<(K, V)>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Table<K, V> {
        Table { rows: Vec::new() }
    }
}

impl<K: Ord, V> Table<K, V> {
    /// The value under a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().map(|place| &self.rows[place].1)
    }

    /// Puts a value under a key, in the place of another if one is there.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(key.borrow()) {
            Ok(place) => self.rows[place].1 = value,
            Err(place) => self.rows.insert(place, (key, value)),
        }
    }

    /// The value under a key, which is the default value if there was none.
    pub fn at(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let place = self.place(key.borrow()).unwrap_or_else(|place| {
            self.rows.insert(place, (key, V::default()));
            place
        });
        &mut self.rows[place].1
    }

    /// Every key and its value, in the order of keys.
    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.rows.iter()
    }

    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.rows.binary_search_by(|(row, _)| row.borrow().cmp(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_in_order_and_hold_the_last_value() {
        let mut table = Table::default();
        for (key, value) in [(2, 'b'), (3, 'c'), (1, 'a'), (2, 'B')] {
            table.insert(key, value);
        }
        assert_eq!(table.iter().copied().collect::<Vec<_>>(), [(1, 'a'), (2, 'B'), (3, 'c')]);
        assert_eq!((table.get(&3), table.get(&4)), (Some(&'c'), None));
        assert_eq!(*table.at(4), '\0');
    }
}
