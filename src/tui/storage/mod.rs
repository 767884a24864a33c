//! Files of the form: drafts, templates, exports, and the marker that the introduction was shown. All are readable only
//! by their owner, and none is overwritten unread.

mod draft_error;
pub mod drafts;
pub mod exports;
pub mod introduction;
pub mod library;
pub mod templates;
