//! The draft that was left: one small JSON file, versioned, for its owner only.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::KeptDraft;
use crate::config;

/// The kept draft of one state directory; nowhere if there is no home.
#[derive(Debug, Clone)]
pub struct Drafts {
    file: Option<PathBuf>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    kept: KeptDraft,
}

impl Drafts {
    pub fn new(state_dir: Option<&Path>) -> Self {
        Self { file: state_dir.map(config::draft_file) }
    }

    /// What was kept the last time. A file that cannot be read is set aside under another name,
    /// so that keeping the next draft does not lose it.
    pub fn load(&self) -> Option<KeptDraft> {
        let path = self.file.as_ref()?;
        let bytes = config::read_private(path).ok()??;
        match serde_json::from_slice::<File>(&bytes) {
            Ok(File { version: 1, kept }) => Some(kept),
            Ok(_) | Err(_) => {
                // If it cannot be moved either, it stays where it is until a draft is kept.
                let _ = std::fs::rename(path, path.with_extension("unreadable"));
                None
            }
        }
    }

    pub fn keep(&self, kept: &KeptDraft) -> Result<(), String> {
        let path = self.file.as_ref().ok_or("there is no home directory")?;
        let file = File { version: 1, kept: kept.clone() };
        let bytes = serde_json::to_vec_pretty(&file).map_err(|error| error.to_string())?;
        config::write_private(path, &bytes).map_err(|error| error.to_string())
    }

    pub fn forget(&self) {
        if let Some(path) = &self.file {
            // An old draft that stays is offered once more and does no harm.
            let _ = config::remove_private(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::Draft;

    #[test]
    fn a_draft_comes_back_as_it_was_left_and_a_broken_file_is_set_aside() {
        let home = tempfile::tempdir().unwrap();
        let drafts = Drafts::new(Some(home.path()));
        assert_eq!(drafts.load(), None);
        let draft = Draft { server_name: "web \u{1b}".into(), count: "11".into(), ..Draft::default() };
        let kept = KeptDraft { draft, typed: vec!["server_name".into()] };
        drafts.keep(&kept).unwrap();
        assert_eq!(drafts.load(), Some(kept));
        std::fs::write(home.path().join("draft.json"), "{\"version\":1,\"kept\":{").unwrap();
        assert_eq!(drafts.load(), None);
        assert!(home.path().join("draft.unreadable").exists());
        drafts.forget();
        assert_eq!(
            Drafts::new(None).keep(&KeptDraft { draft: Draft::default(), typed: vec![] }),
            Err("there is no home directory".into())
        );
    }
}
