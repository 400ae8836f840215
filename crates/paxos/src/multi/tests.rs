//! Tests: names are claims, comments name where they are made.
