//! Completion candidates for values: those that the program knows, and those found on this machine.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Arg;

use crate::bootstrap::demo::DemoArgs;
use crate::cli::orders::STATES;
use crate::config::credentials::CredentialKind;
use crate::config::regions::REGIONS;
use crate::config::{ProfileKey, Settings, templates_dir};
use crate::form::{Control, field};
use crate::i18n::{self, Language};
use crate::order::FieldId;
use crate::purchase::PurchaseService;
use crate::simulator::Scene;
use crate::tui::TemplateStore;

/// The candidates for the end of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// Complete values, each with its description. One that ends in `=` is continued.
    Words(Vec<(String, String)>),
    /// File names, which the shell completes itself.
    Files,
    Folders,
}

/// Candidates with their descriptions.
type Words = Vec<(String, String)>;

/// The candidates found on this machine. Finding them changes nothing there.
pub trait Values {
    /// Lists the profiles of the settings.
    fn profiles(&self) -> Words;
    fn templates(&self) -> Words;
    /// Lists the first 8 characters of the order ids, newest first, each with the state and the server name.
    fn orders(&self) -> Words;
}

/// Returns the candidates for an argument by its value name, its id and the command it belongs to.
pub fn of(arg: &Arg, path: &[&str], current: &str, values: &dyn Values) -> Offer {
    let takes = arg.get_value_names().unwrap_or_default().first().map_or("", |name| name.as_str());
    let plain = |words: &[&str]| Offer::Words(words.iter().map(|word| ((*word).to_owned(), String::new())).collect());
    match (takes, arg.get_id().as_str(), path.first().copied()) {
        ("FILE", ..) => Offer::Files,
        ("DIR", ..) => Offer::Folders,
        ("FIELD=VALUE", ..) => Offer::Words(fields_with_values(current)),
        ("FIELD", ..) => Offer::Words(fields()),
        ("ENTRY", ..) => plain(&ProfileKey::ALL.map(ProfileKey::name)),
        ("KIND", "credentials", _) => plain(&CredentialKind::ALL.map(CredentialKind::name)),
        ("REGION", ..) => {
            let named =
                |region: &crate::config::regions::Region| (region.id.to_owned(), i18n::t(region.place).to_owned());
            Offer::Words(REGIONS.iter().map(named).collect())
        }
        ("TAG" | "LANGUAGE", ..) => plain(&Language::ALL.map(Language::tag)),
        ("STATE", ..) => plain(&STATES),
        ("PROFILE", ..) => Offer::Words(values.profiles()),
        ("BOOL", ..) => plain(&["true", "false"]),
        (_, "scene" | "demo", _) => Offer::Words(scenes()),
        (_, "template", None) => Offer::Words(values.templates()),
        (_, "profile", _) => Offer::Words(values.profiles()),
        // A profile that is to be made has a name of its own.
        (_, "name", Some("profile")) if path.last() != Some(&"add") => Offer::Words(values.profiles()),
        (_, "id", Some("orders")) => Offer::Words(values.orders()),
        _ => Offer::Words(Vec::new()),
    }
}

fn scenes() -> Words {
    let description = |name: &str| Scene::named(name).map(|scene| scene.description().to_owned()).unwrap_or_default();
    Scene::names().into_iter().map(|name| (name.to_owned(), description(name))).collect()
}

fn last_part(id: FieldId) -> &'static str {
    id.json_name().rsplit('.').next().unwrap_or_default()
}

fn fields() -> Words {
    let asked = FieldId::ALL.into_iter().filter(|id| !matches!(field(*id).control, Control::Fixed { .. }));
    asked.map(|id| (last_part(id).to_owned(), id.label().to_owned())).collect()
}

/// Lists the fields as `FIELD=`. Once `current` contains an equals sign, lists the known values of that field instead.
fn fields_with_values(current: &str) -> Words {
    let Some((name, _)) = current.split_once('=') else {
        return fields().into_iter().map(|(name, label)| (format!("{name}="), label)).collect();
    };
    let named = FieldId::ALL.into_iter().find(|id| last_part(*id) == name || id.json_name() == name);
    let with = |(value, what): (String, String)| (format!("{name}={value}"), what);
    named.map(values_of).unwrap_or_default().into_iter().map(with).collect()
}

fn values_of(id: FieldId) -> Words {
    let pair = |value: &str, what: &str| (value.to_owned(), what.to_owned());
    match field(id).control {
        // In one word, as it stands in the body.
        Control::Radio { options: [(later, _), (now, _)], .. } if id == FieldId::AutoPay => {
            vec![pair("false", later), pair("true", now)]
        }
        Control::Radio { options, .. } => options.iter().map(|(name, what)| pair(name, what)).collect(),
        Control::Fixed { value } => vec![pair(value, "")],
        Control::Picker { .. } | Control::Text { .. } | Control::Stepper { .. } | Control::Ports => Vec::new(),
    }
}

/// The values on this machine, in the locations that the line names.
pub struct LocalValues {
    pub config: Option<PathBuf>,
    pub state_dir: Option<PathBuf>,
    /// The scene of the demo; `None` for real accounts.
    pub demo: Option<String>,
}

impl LocalValues {
    /// Creates the source from the `--config`, `--state-dir` and `--demo` flags of a line.
    pub fn from_args(words: &[OsString]) -> Self {
        let named = |flag: &str| {
            let mut texts = words.iter().map(|word| word.to_str().unwrap_or_default());
            let behind = words.windows(2).find(|pair| pair[0] == flag).map(|pair| PathBuf::from(&pair[1]));
            let inside = texts.find_map(|word| word.strip_prefix(flag)?.strip_prefix('=')).map(PathBuf::from);
            behind.or(inside)
        };
        let scene = |word: &OsString| {
            let value = word.to_str()?.strip_prefix("--demo")?;
            if value.is_empty() { Some("normal".to_owned()) } else { value.strip_prefix('=').map(str::to_owned) }
        };
        // A scene that does not exist names no directory.
        let demo = words.iter().find_map(scene).filter(|scene| Scene::named(scene).is_ok());
        Self { config: named("--config"), state_dir: named("--state-dir"), demo }
    }
}

impl Values for LocalValues {
    fn profiles(&self) -> Words {
        // What is wrong with the settings is for the commands to say.
        let profiles = Settings::load(self.config.as_deref()).map(|settings| settings.profiles).unwrap_or_default();
        profiles.into_keys().map(|name| (name, String::new())).collect()
    }

    fn templates(&self) -> Words {
        let (templates, _) = TemplateStore::new(templates_dir(self.config.as_deref())).list();
        templates.into_iter().map(|template| (template.name, String::new())).collect()
    }

    fn orders(&self) -> Words {
        let args = DemoArgs { demo: self.demo.clone(), demo_reset: false };
        let Ok(Some(dir)) = args.journal_directory(self.state_dir.as_deref()) else { return Vec::new() };
        // What is wrong with the journal is for the commands to say.
        let Ok(service) = PurchaseService::open_read_only(&dir) else { return Vec::new() };
        let history = service.history();
        let shown = history.intents().newest_first().map(|purchase| {
            let (id, name) = (purchase.intent().id.to_string(), &purchase.intent().server_name);
            (id.chars().take(8).collect(), format!("{} {name}", purchase.state().name()))
        });
        shown.collect()
    }
}
