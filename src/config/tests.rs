//! The settings file under arbitrary sequences of changes.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use proptest::prelude::*;

use super::*;
use crate::i18n;

const FILE: &str = "# first\nmouse = false # second\n\n# third\n[profiles.a]\nregion = \"x-1\" # fourth\n\n# fifth\n\
                    [profiles.b]\nregion = \"y-1\"\n# last\n";

fn any_change() -> impl Strategy<Value = ProfileChange> {
    let entry = prop::sample::select(&ProfileKey::ALL[..]);
    let value =
        prop::sample::select(&["x-2", "true", "zh", "http://p:1", "https://e.example", "koocli", "\" # \\", "é'"][..]);
    let field = prop::sample::select(&["count", "extend_param.period_num", "image_id", "ports", "nothing"][..]);
    let default = prop_oneof![
        "[a-z\"#\\\\\n]{0,6}".prop_map(DefaultValue::Text),
        any::<i64>().prop_map(DefaultValue::Number),
        any::<bool>().prop_map(DefaultValue::Switch),
    ];
    prop_oneof![
        3 => (entry.clone(), value).prop_map(|(entry, value)| ProfileChange::Set(entry, value.to_owned())),
        1 => entry.prop_map(ProfileChange::Clear),
        2 => (field.clone(), default).prop_map(|(field, value)| ProfileChange::SetDefault(field.to_owned(), value)),
        1 => field.prop_map(|field| ProfileChange::ClearDefault(field.to_owned())),
    ]
}

/// Applies a change to a profile without any file; `None` if the change is invalid.
fn changed(profile: &Profile, change: &ProfileChange) -> Option<Profile> {
    let rebuilt = |without: Option<ProfileKey>, without_default: Option<&str>| {
        let mut rebuilt = Profile::new(profile.region()).unwrap();
        for (entry, value) in profile.entries().filter(|(entry, _)| Some(*entry) != without) {
            rebuilt = rebuilt.with(entry, value).unwrap();
        }
        for (field, value) in profile.defaults().iter().filter(|(field, _)| Some(field.as_str()) != without_default) {
            rebuilt = rebuilt.with_default(field, value.clone()).unwrap();
        }
        rebuilt
    };
    match change {
        ProfileChange::Set(entry, value) => profile.clone().with(*entry, value).ok(),
        ProfileChange::Clear(ProfileKey::Region) => None,
        ProfileChange::Clear(entry) => Some(rebuilt(Some(*entry), None)),
        ProfileChange::SetDefault(field, value) => profile.clone().with_default(field, value.clone()).ok(),
        ProfileChange::ClearDefault(field) => Some(rebuilt(None, Some(field))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn the_file_says_what_was_done_and_keeps_every_comment(changes in prop::collection::vec(any_change(), 1..12)) {
        let home = tempfile::tempdir().unwrap();
        let profiles = SettingsEditor::at(Some(&home.path().join("config.toml"))).unwrap();
        crate::fs_private::write_private(profiles.path(), FILE.as_bytes()).unwrap();
        let mut expected = profiles.settings().unwrap();
        for change in &changes {
            let done = profiles.change("b", std::slice::from_ref(change));
            match changed(&expected.profiles["b"], change) {
                Some(profile) => {
                    prop_assert!(done.is_ok(), "{change:?}: {done:?}");
                    expected.profiles.insert("b".into(), profile);
                }
                None => prop_assert!(done.is_err(), "{change:?}"),
            }
            prop_assert_eq!(&profiles.settings().unwrap(), &expected);
        }
        let text = fs::read_to_string(profiles.path()).unwrap();
        for comment in ["# first\n", " # second\n", "# third\n[profiles.a]", " # fourth\n", "# fifth\n[profiles.b]", "# last\n"] {
            prop_assert!(text.contains(comment), "{comment:?} in {text}");
        }
    }
}

#[test]
fn settings_are_not_begun_where_others_could_change_them() {
    let home = tempfile::tempdir().unwrap();
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o770)).unwrap();
    let profiles = SettingsEditor::at(Some(&home.path().join("config.toml"))).unwrap();
    let refused = profiles.add("a", &Profile::new("x-1").unwrap()).unwrap_err().to_string();
    assert!(refused.contains("chmod go-w") && !profiles.path().exists(), "{refused}");
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o750)).unwrap();
    profiles.add("a", &Profile::new("x-1").unwrap()).unwrap();
    assert_eq!(fs::metadata(profiles.path()).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_fault_and_an_origin_are_said_in_chinese_and_codes_stay() {
    let broken = SettingsError::Broken {
        path: "/etc/c.toml".into(),
        line: 3,
        column: 7,
        why: check_profile_name("A B").unwrap_err().into(),
    };
    let origin = ValueOrigin::Profile("work".into());
    i18n::with_language(i18n::Language::Chinese, || {
        let says =
            "/etc/c.toml 中的设置，第 3 行第 7 列：配置档名称须为 1 到 32 个小写字母、数字、_ 和 -，且以字母或数字开头";
        assert_eq!(broken.to_string().trim(), says);
        assert_eq!((origin.to_string(), origin.code()), ("配置档 work".into(), "profile:work".into()));
        let source = credentials::Source::KooCli { path: "/k".into(), profile: "p".into() };
        assert_eq!(source.to_string(), "/k 中 KooCLI 的配置档 p");
        assert_eq!((source.code(), source.profile()), ("koocli", Some("p")));
        let why = ProfileKey::Region.check("A").unwrap_err().to_string();
        assert_eq!(why, "须为 1 到 32 个小写字母、数字和连字符，例如 cn-north-4");
    });
}
