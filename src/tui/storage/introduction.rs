//! The introduction, due only on the very first start; a small file records that it was shown.

use std::path::PathBuf;

use crate::config;

/// The state of the introduction for one state directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntroductionMarker {
    /// The file to create once the introduction was read; `None` if it is not due.
    marker: Option<PathBuf>,
}

impl IntroductionMarker {
    /// Makes the introduction due if the state directory is empty or missing: no marker, no journal, no draft.
    pub fn on_first_start(state: Option<PathBuf>) -> Self {
        let is_fresh = |dir: &PathBuf| std::fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none());
        Self { marker: state.filter(is_fresh).map(|dir| config::introduction_file(&dir)) }
    }

    pub fn is_due(&self) -> bool {
        self.marker.is_some()
    }

    /// Records that the introduction was shown. If the file cannot be written, it is harmlessly shown once more.
    pub fn mark_seen(&mut self) {
        if let Some(path) = self.marker.take() {
            let _ = crate::fs_private::write_private(&path, b"The introduction was shown.\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn it_is_due_once_and_remembered_for_its_owner_only() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("state");
        let mut introduction = IntroductionMarker::on_first_start(Some(dir.clone()));
        assert!(introduction.is_due());
        assert!(!dir.exists(), "nothing is made by looking");
        introduction.mark_seen();
        assert!(!introduction.is_due());
        let mode = std::fs::metadata(config::introduction_file(&dir)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(!IntroductionMarker::on_first_start(Some(dir)).is_due());
        assert!(!IntroductionMarker::on_first_start(None).is_due());
    }

    #[test]
    fn whoever_has_a_journal_or_a_draft_needs_no_introduction() {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join("demo")).unwrap();
        assert!(!IntroductionMarker::on_first_start(Some(home.path().to_owned())).is_due());
    }
}
