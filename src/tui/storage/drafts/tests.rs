//! Drafts on the disk: they are restored unchanged, the newer of two wins, and no unreadable file is lost.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use proptest::prelude::*;

use crate::app::{AnswerOrigin, Basis, BasisKind};
use crate::fs_private::write_private;

use super::*;

fn now() -> Zoned {
    "2026-11-23T10:00:00+00:00[UTC]".parse().unwrap()
}

fn draft(name: &str) -> SavedDraft {
    SavedDraft::with_answers(
        Draft { server_name: name.into(), count: "11".into(), ..Draft::default() },
        &["server_name"],
    )
}

fn draft_of(id: u32, name: &str) -> SavedDraft {
    SavedDraft { id: DraftId::New(id), ..draft(name) }
}

fn keep(drafts: &DraftStore, saved: &SavedDraft) {
    drafts.save(saved, drafts.next_sequence()).unwrap();
}

fn names(drafts: &DraftStore) -> Vec<String> {
    drafts.list(now).0.into_iter().map(|draft| draft.saved.name().to_owned()).collect()
}

fn files(home: &Path) -> Vec<String> {
    let all = fs::read_dir(home.join("drafts")).unwrap();
    let mut all: Vec<String> = all.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    all.sort();
    all
}

#[test]
fn several_drafts_come_back_the_newest_first() {
    let home = tempfile::tempdir().unwrap();
    let drafts = DraftStore::new(Some(home.path()));
    assert_eq!(drafts.list(now), (vec![], vec![]));
    for (n, at) in [(0, "2026-11-21T14:02:00Z"), (1, "2026-11-23T09:11:00Z"), (2, "2026-11-22T14:02:00Z")] {
        let saved = draft_of(n, &format!("web-{n}"));
        drafts.write(&mut drafts.known(), &saved, drafts.next_sequence(), at.parse().unwrap()).unwrap();
    }
    let again = DraftStore::new(Some(home.path()));
    let (found, notices) = again.list(now);
    assert_eq!(notices, Vec::<String>::new());
    let said: Vec<(&str, &str)> = found.iter().map(|draft| (draft.saved.name(), draft.when.as_str())).collect();
    assert_eq!(said, [("web-1", "09:11 today"), ("web-2", "14:02 yesterday"), ("web-0", "14:02 on 21 Nov")]);
    assert_eq!(found[0].saved.draft, draft("web-1").draft);
    for name in files(home.path()) {
        assert_eq!(fs::metadata(home.path().join("drafts").join(name)).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let refused = DraftStore::new(None).save(&draft_of(0, "web"), drafts.next_sequence()).unwrap_err();
    assert_eq!(refused.to_string(), "there is no home directory");
}

#[test]
fn a_draft_is_one_file_whatever_it_is_called_meanwhile() {
    let home = tempfile::tempdir().unwrap();
    let drafts = DraftStore::new(Some(home.path()));
    for name in ["", "web", "web/../1 \u{1b}"] {
        keep(&drafts, &draft_of(0, name));
    }
    let found = files(home.path());
    assert!(found.len() == 1 && found[0].starts_with("web____1"), "{found:?}");
    // A start later it is still the same draft.
    let again = DraftStore::new(Some(home.path()));
    let mut saved = again.list(now).0.remove(0).saved;
    saved.draft.server_name = "api".into();
    keep(&again, &saved);
    let found = files(home.path());
    assert!(found.len() == 1 && found[0].starts_with("api-"), "{found:?}");
    again.forget(&saved.id, again.next_sequence()).unwrap();
    assert_eq!(files(home.path()), Vec::<String>::new());
}

#[test]
fn a_file_that_others_can_change_by_now_is_not_written_over() {
    let home = tempfile::tempdir().unwrap();
    let drafts = DraftStore::new(Some(home.path()));
    keep(&drafts, &draft_of(0, "web"));
    let name = files(home.path()).remove(0);
    let path = home.path().join("drafts").join(&name);
    let before = fs::read(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    let more = SavedDraft { draft: Draft { count: "3".into(), ..draft_of(0, "web").draft }, ..draft_of(0, "web") };
    keep(&drafts, &more);
    keep(&drafts, &more);
    assert_eq!(fs::read(&path).unwrap(), before);
    let (found, notices) = drafts.list(now);
    assert_eq!((found.len(), found[0].saved.draft.count.as_str()), (1, "3"));
    assert!(notices[0].contains("can be read and written by others"), "{notices:?}");
    assert_eq!(files(home.path()).len(), 2);
}

#[test]
fn of_two_writings_the_later_one_stays_and_what_was_forgotten_stays_so() {
    let home = tempfile::tempdir().unwrap();
    let drafts = DraftStore::new(Some(home.path()));
    let (early, late) = (drafts.next_sequence(), drafts.next_sequence());
    drafts.save(&draft_of(0, "late"), late).unwrap();
    drafts.save(&draft_of(0, "early"), early).unwrap();
    assert_eq!(names(&drafts), ["late"]);
    let (early, late) = (drafts.next_sequence(), drafts.next_sequence());
    drafts.forget(&DraftId::New(0), late).unwrap();
    drafts.save(&draft_of(0, "early"), early).unwrap();
    assert_eq!(names(&drafts), Vec::<String>::new());
}

#[test]
fn the_single_draft_of_an_earlier_version_is_moved_over_once() {
    let home = tempfile::tempdir().unwrap();
    let old = home.path().join("draft.json");
    let text = serde_json::json!({
        "version": 1, "kept": { "draft": Draft { server_name: "web".into(), ..Draft::default() }, "typed": ["server_name"] }
    });
    write_private(&old, text.to_string().as_bytes()).unwrap();
    let drafts = DraftStore::new(Some(home.path()));
    let (found, notices) = drafts.list(now);
    assert_eq!((found.len(), notices), (1, vec![]));
    assert_eq!(found[0].saved.origins.values().collect::<Vec<_>>(), [&AnswerOrigin::SavedDraft]);
    assert!(!old.exists());
    assert_eq!(names(&drafts), ["web"]);
}

#[test]
fn what_is_damaged_or_newer_is_set_aside_and_what_is_refused_stays() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("drafts");
    let drafts = DraftStore::new(Some(home.path()));
    keep(&drafts, &draft_of(0, "good"));
    write_private(&folder.join("web-1.json"), b"{\"version\":3,\"form\":{").unwrap();
    write_private(&folder.join("web-2.json"), b"{\"version\":4,\"form\":{\"more\":1}}").unwrap();
    write_private(&folder.join("web-3.json"), b"{}").unwrap();
    fs::set_permissions(folder.join("web-3.json"), fs::Permissions::from_mode(0o644)).unwrap();
    symlink(home.path().join("elsewhere"), folder.join("web-4.json")).unwrap();
    write_private(&home.path().join("draft.json"), b"old and broken").unwrap();
    let (found, notices) = drafts.list(now);
    assert_eq!(found.len(), 1);
    let said = notices.join("\n");
    for words in [
        "A draft is damaged; it is set aside as draft.json.unreadable.",
        "A draft is damaged; it is set aside as web-1.json.unreadable.",
        "A draft is of version 4, which only a newer program knows; it is set aside as web-2.json.unreadable.",
        "can be read by others on this machine (mode 0644)",
        "web-4.json is a link",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert_eq!(fs::read(folder.join("web-1.json.unreadable")).unwrap(), b"{\"version\":3,\"form\":{");
    assert_eq!(fs::read(home.path().join("draft.json.unreadable")).unwrap(), b"old and broken");
    assert_eq!(fs::read(folder.join("web-3.json")).unwrap(), b"{}");
    assert!(folder.join("web-4.json").symlink_metadata().unwrap().is_symlink());
    assert_eq!(drafts.list(now).1.len(), 2, "what was refused is said again, the rest is not there any more");
}

#[test]
fn drafts_of_every_version_are_read() {
    for sample in [
        include_str!("../../../../tests/formats/draft-v2.json"),
        include_str!("../../../../tests/formats/draft-v3.json"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let drafts = DraftStore::new(Some(home.path()));
        keep(&drafts, &draft_of(0, "other"));
        write_private(&home.path().join("drafts/web-01-0123456789ab.json"), sample.as_bytes()).unwrap();
        let (found, notices) = drafts.list(now);
        assert_eq!((found.len(), notices), (2, vec![]));
        let saved = &found.iter().find(|draft| draft.saved.name() == "web-01").unwrap().saved;
        let origins = [("count", AnswerOrigin::SavedDraft), ("image_id", AnswerOrigin::Template)];
        for (name, origin) in origins {
            assert_eq!(saved.origins.iter().find(|(id, _)| id.json_name() == name).unwrap().1, &origin);
        }
        assert_eq!((saved.step, saved.focus.json_name()), (crate::app::Step::Bandwidth, "server_name"));
        let basis = saved.basis.as_ref().unwrap();
        assert_eq!((basis.kind, &*basis.name, &basis.draft), (BasisKind::Template, "farm", &saved.draft));
        assert_eq!((&*saved.draft.ports[0].number, saved.draft.auto_pay), ("5555", true));
        // The next save writes the names of this version.
        keep(&drafts, &SavedDraft { id: DraftId::New(7), ..saved.clone() });
        let written = fs::read_to_string(
            home.path().join("drafts").join(
                files(home.path())
                    .into_iter()
                    .find(|name| name.starts_with("web-01") && !name.contains("0123456789ab"))
                    .unwrap(),
            ),
        );
        let written: serde_json::Value = serde_json::from_str(&written.unwrap()).unwrap();
        let current: serde_json::Value =
            serde_json::from_str(include_str!("../../../../tests/formats/draft-v3.json")).unwrap();
        assert_eq!(written["form"], current["form"]);
    }
}

#[test]
fn of_what_is_queued_the_latest_is_written_and_what_cannot_be_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let drafts = DraftStore::new(Some(home.path()));
    for name in ["one", "two", "three"] {
        drafts.queue(draft_of(0, name));
    }
    drafts.queue(draft_of(1, "other"));
    keep(&drafts, &draft_of(1, "newer"));
    assert!(drafts.save_queued().is_empty());
    assert_eq!(names(&drafts).into_iter().collect::<BTreeSet<_>>(), ["newer", "three"].map(String::from).into());
    let nowhere = DraftStore::new(None);
    nowhere.queue(draft_of(0, "web"));
    let [(draft, why)] = &nowhere.save_queued()[..] else { panic!() };
    assert_eq!((draft, why.to_string().as_str()), (&draft_of(0, "web"), "there is no home directory"));
    assert!(nowhere.save_queued().is_empty());
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z0-9-]{0,12}", "\\PC{0,12}", "[\\x00-\\x1f\"\\\\]{0,6}"]
}

fn any_kept() -> impl Strategy<Value = SavedDraft> {
    use crate::app::Step;
    let origins = prop::sample::select(vec![
        AnswerOrigin::Typed,
        AnswerOrigin::SavedDraft,
        AnswerOrigin::Profile,
        AnswerOrigin::Template,
        AnswerOrigin::LastOrder,
        AnswerOrigin::File,
        AnswerOrigin::Flag,
    ]);
    let ids = crate::app::FieldId::ALL.to_vec();
    let origins = prop::collection::btree_map(prop::sample::select(ids.clone()), origins, 0..16);
    let kinds = prop::sample::select(vec![BasisKind::Template, BasisKind::LastOrder, BasisKind::File]);
    let basis = prop::option::of((kinds, any_text(), any_text()));
    let place = (prop::sample::select(Step::ALL.to_vec()), prop::sample::select(ids));
    (prop::collection::vec(any_text(), 6), any::<bool>(), origins, basis, place).prop_map(
        |(texts, auto_pay, origins, basis, (step, focus))| {
            let mut texts = texts.into_iter();
            let mut text = || texts.next().unwrap_or_default();
            let draft = Draft {
                server_name: text(),
                count: text(),
                image_id: text(),
                subnet: text(),
                auto_pay,
                ..Draft::default()
            };
            let basis =
                basis.map(|(kind, name, count)| Basis { kind, name, draft: Draft { count, ..Draft::default() } });
            SavedDraft { id: DraftId::New(0), draft, origins, step, focus, basis }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_draft_comes_back_as_it_was_kept(saved in any_kept()) {
        let home = tempfile::tempdir().unwrap();
        let drafts = DraftStore::new(Some(home.path()));
        keep(&drafts, &saved);
        let (found, notices) = drafts.list(now);
        prop_assert_eq!(notices, Vec::<String>::new());
        prop_assert_eq!(&found[0].saved, &saved);
        let (found, _) = DraftStore::new(Some(home.path())).list(now);
        prop_assert_eq!(&SavedDraft { id: DraftId::New(0), ..found[0].saved.clone() }, &saved);
    }

    #[test]
    fn no_bytes_of_a_draft_are_ever_lost(
        saved in any_kept(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>(), random in prop::option::of(prop::collection::vec(any::<u8>(), 0..80))
    ) {
        let home = tempfile::tempdir().unwrap();
        let drafts = DraftStore::new(Some(home.path()));
        keep(&drafts, &saved);
        let name = files(home.path()).remove(0);
        let path = home.path().join("drafts").join(&name);
        let mut bytes = fs::read(&path).unwrap();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let bytes = random.unwrap_or(bytes);
        write_private(&path, &bytes).unwrap();
        let (found, notices) = DraftStore::new(Some(home.path())).list(now);
        prop_assert_eq!(found.len() + notices.len(), 1);
        let there: BTreeSet<String> = files(home.path()).into_iter().collect();
        let aside = format!("{name}.unreadable");
        let place = if found.is_empty() { &aside } else { &name };
        prop_assert_eq!(there, BTreeSet::from([place.clone()]));
        prop_assert_eq!(fs::read(home.path().join("drafts").join(place)).unwrap(), bytes);
    }
}
