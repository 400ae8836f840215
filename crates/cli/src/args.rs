//! Flags after a command's own words.

/// What was given after a command: flags with a value, flags alone, and the rest.
#[derive(Debug, Default)]
pub(crate) struct Args<'a> {
    valued: Vec<(&'a str, &'a str)>,
    alone: Vec<&'a str>,
    pub(crate) words: Vec<&'a str>,
}

impl<'a> Args<'a> {
    /// Reads what was given.
    ///
    /// # Errors
    /// If a flag is none of these, or lacks its value.
    pub(crate) fn read(given: &[&'a str], valued: &[&str], alone: &[&str]) -> Result<Args<'a>, String> {
        let mut args = Args::default();
        let mut rest = given.iter();
        while let Some(word) = rest.next() {
            if valued.contains(word) {
                let value = rest.next().ok_or_else(|| format!("{word} needs a value"))?;
                args.valued.push((word, value));
            } else if alone.contains(word) {
                args.alone.push(word);
            } else if word.starts_with("--") {
                return Err(format!("there is no {word} here"));
            } else {
                args.words.push(word);
            }
        }
        Ok(args)
    }

    pub(crate) fn has(&self, flag: &str) -> bool {
        self.alone.contains(&flag)
    }

    /// Every value of a flag, in order.
    pub(crate) fn all(&self, flag: &str) -> Vec<&'a str> {
        self.valued.iter().filter(|(name, _)| *name == flag).map(|(_, value)| *value).collect()
    }

    /// The number that a flag gives, or its default.
    ///
    /// # Errors
    /// If it is no number, or not in the range.
    pub(crate) fn number(&self, flag: &str, default: u64, least: u64, most: u64) -> Result<u64, String> {
        let Some(value) = self.all(flag).last().copied() else { return Ok(default) };
        let number = value.parse().ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| format!("{flag} {value}: a number from {least} to {most} is needed"))
    }
}
