//! An error that is kept in several places: it comes from one attempt, and is shown wherever it is needed.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// A reference-counted error. Two are equal if they come from the same attempt, whatever they say.
#[derive(Debug)]
pub struct SharedError<E: ?Sized>(Arc<E>);

impl<E> SharedError<E> {
    pub fn new(error: E) -> Self {
        Self(Arc::new(error))
    }
}

impl<E: ?Sized> Clone for SharedError<E> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<E: ?Sized> PartialEq for SharedError<E> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<E: ?Sized> Eq for SharedError<E> {}

impl<E: fmt::Display + ?Sized> fmt::Display for SharedError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: Error + ?Sized> Error for SharedError<E> {}

impl<E> From<E> for SharedError<E> {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}
