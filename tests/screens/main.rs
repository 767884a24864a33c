//! Every page as a person sees it, text and styles, at the sizes that are promised.

#[path = "../common/mod.rs"]
mod common;

mod pages;
mod styled;
