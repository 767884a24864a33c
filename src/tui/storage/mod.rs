//! Files of the form: drafts, templates, exports, and the mark that the introduction was shown.
//! All are for their owner only, and none is written over unread.

mod draft_error;
pub mod drafts;
pub mod exports;
pub mod introduction;
pub mod library;
pub mod templates;
