//! Input: the thread that reads bytes, the decoder that makes keys, pastes and clicks of them, and its escape sequences.
//! What a key means is decided in `app`.

pub mod decoder;
pub mod escape;
pub mod event;
pub mod reader;
