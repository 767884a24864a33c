//! Input: the thread that reads bytes, the decoder that makes keys, pastes and clicks of them, and the parser of escape
//! sequences. `app` decides what a key means.

pub mod decoder;
pub mod escape;
pub mod event;
pub mod reader;
