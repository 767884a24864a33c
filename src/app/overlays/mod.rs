//! What covers the page: palette, inspector, exports, the library of drafts and templates, plain text.
//! Each changes the form through the functions of `form` and `draft`.

pub(super) mod export;
pub(super) mod inspector;
pub(super) mod keys_page;
pub(super) mod library;
pub(super) mod palette;
pub(super) mod plain_text;
