//! Putting things in order. A heap sort, for the library's sorting is more code than a page should have to load.

/// Sorts by a number. What is in order already takes one look at each.
pub(crate) fn sort<T>(items: &mut [T], number: impl Fn(&T) -> u32) {
    if items.is_sorted_by_key(&number) {
        return;
    }
    for parent in (0..items.len() / 2).rev() {
        sift(items, parent, &number);
    }
    for end in (1..items.len()).rev() {
        items.swap(0, end);
        sift(&mut items[..end], 0, &number);
    }
}

/// Lets an item sink to where no child has a higher number.
fn sift<T>(items: &mut [T], mut parent: usize, number: &impl Fn(&T) -> u32) {
    loop {
        let mut child = 2 * parent + 1;
        let Some(first) = items.get(child) else { return };
        if items.get(child + 1).is_some_and(|second| number(second) > number(first)) {
            child += 1;
        }
        if number(&items[child]) <= number(&items[parent]) {
            return;
        }
        items.swap(parent, child);
        parent = child;
    }
}

#[cfg(test)]
mod tests {
    use super::sort;

    #[test]
    fn any_order_becomes_ascending() {
        for length in 0..40u32 {
            let mut items: Vec<u32> = (0..length).map(|n| n * 17 % 41).collect();
            let mut wanted = items.clone();
            wanted.sort_unstable();
            sort(&mut items, |n| *n);
            assert_eq!(items, wanted);
        }
    }
}
