//! The built-in scenes, each a file of `assets/scenes`.

use serde_json::{Map, Value};

use super::scene::{Scene, SceneError};

macro_rules! scenes {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../assets/scenes/", $name, ".json")))),*]
    };
}

const SCENES: &[(&str, &str)] = scenes![
    "normal",
    "slow",
    "sold-out",
    "quota",
    "no-permission",
    "unpaid-account",
    "throttled",
    "token-expired",
    "empty-catalogue",
    "large-catalogue",
    "broken-json",
    "reset-before-answer",
    "timeout-after-order",
    "error-after-order",
    "payment-fails",
    "rejected-but-placed",
    "late-server-list",
    "foreign-server",
    "unreliable-server-list",
    "generation-2019",
    "generation-2021",
    "generation-2023",
];

impl Scene {
    /// Returns the built-in scene with this name. The error for an unknown name lists all names.
    pub fn named(name: &str) -> Result<Self, SceneError> {
        Self::parse(Self::text(name)?)
    }

    fn text(name: &str) -> Result<&'static str, SceneError> {
        let found = SCENES.iter().find(|(known, _)| *known == name);
        let (_, text) = found.ok_or_else(|| SceneError::Unknown { name: name.to_owned(), known: Self::names() })?;
        Ok(text)
    }

    /// Returns the names of the built-in scenes; `normal` comes first.
    pub fn names() -> Vec<&'static str> {
        SCENES.iter().map(|(name, _)| *name).collect()
    }

    /// Returns a built-in scene with more settings, which replace its own: `varied("slow",
    /// r#"{"auto_payment":"fails"}"#)`.
    pub fn varied(name: &str, settings: &str) -> Result<Self, SceneError> {
        let mut scene: Map<String, Value> = serde_json::from_str(Self::text(name)?)?;
        scene.extend(serde_json::from_str::<Map<String, Value>>(settings)?);
        Self::parse(&Value::Object(scene).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::{Scene, SceneError};
    use crate::simulator::scene_settings::AutoPayment;

    #[test]
    fn every_built_in_scene_reads_and_says_its_own_name() {
        for name in Scene::names() {
            let scene = Scene::named(name).expect(name);
            assert_eq!(scene.name(), name);
            assert!(!scene.description().is_empty());
        }
        assert_eq!(format!("{:?}", Scene::named("normal").expect("normal")), format!("{:?}", Scene::normal()));
    }

    #[test]
    fn every_scene_file_is_built_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/scenes");
        let files = std::fs::read_dir(folder).expect("the folder of scenes");
        let mut names: Vec<_> =
            files.map(|file| file.expect("a file").file_name().into_string().expect("a name")).collect();
        let mut known: Vec<_> = Scene::names().into_iter().map(|name| format!("{name}.json")).collect();
        names.sort();
        known.sort();
        assert_eq!(names, known);
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let sentence = Scene::named("sunny").expect_err("no such scene").to_string();
        assert!(
            sentence.contains("sunny") && sentence.contains("normal, slow") && sentence.contains("late-server-list"),
            "{sentence}"
        );
    }

    #[test]
    fn a_built_in_scene_can_be_varied() {
        let scene = Scene::varied("late-server-list", r#"{"auto_payment":"fails","list_visibility_delay_ms":7}"#)
            .expect("a scene");
        assert_eq!(
            (scene.name(), scene.list_visibility_delay_ms, scene.auto_payment),
            ("late-server-list", 7, AutoPayment::Fails)
        );
        assert!(matches!(Scene::varied("sunny", "{}"), Err(SceneError::Unknown { .. })));
        for bad in ["", "[]", r#"{"auto_payment":"late"}"#, r#"{"colour":1}"#] {
            assert!(matches!(Scene::varied("normal", bad), Err(SceneError::Unreadable(_))), "{bad}");
        }
    }
}
