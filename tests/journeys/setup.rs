//! Who orders: the questions before the form.

use cph_wizard::app::{
    AccountAccess, AccountChoice, AccountIdentity, AccountLabel, AccountMode, AnswerOrigin, CredentialsChoice,
    DetectedAccounts, DetectedCredentials, Effect, IdentityState, Key, KeyCode, LoadError, Model, Msg, Page,
    ProfileDefaults, ProfileRow, Project, Projects, Setup, SetupStage, exit_code, receipt, update,
};
use cph_wizard::exit_code::ExitCode;
use cph_wizard::order::{Draft, FieldId};
use cph_wizard::purchase::{Event, Outcome, Receipt};

struct Asked {
    model: Model,
    at: u64,
}

impl Asked {
    fn with(setup: Setup) -> (Self, Vec<Effect>) {
        let mut model = Model::new(AccountLabel::none(), None);
        model.page = Page::Setup(Box::new(setup));
        let effects = model.start();
        (Self { model, at: 0 }, effects.0)
    }

    fn first() -> Self {
        let (mut asked, effects) = Self::with(Setup::new("No account is set up."));
        assert_eq!(effects, [Effect::DetectAccounts]);
        let _ = update(&mut asked.model, Msg::AccountsDetected { survey: survey() });
        asked
    }

    fn key(&mut self, code: KeyCode) -> Vec<Effect> {
        self.at += 100;
        {
            let msg = self.model.msg_for_key(Key::plain(code), self.at);
            update(&mut self.model, msg).0
        }
    }

    fn enter(&mut self) -> Vec<Effect> {
        self.key(KeyCode::Enter)
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            self.key(KeyCode::Char(c));
        }
    }

    fn setup(&self) -> &Setup {
        let Page::Setup(setup) = &self.model.page else { panic!("{:?}", self.model.page) };
        setup
    }

    /// Moves to the row of this name and takes it.
    fn take(&mut self, name: &str) -> Vec<Effect> {
        let at = self.setup().rows().iter().position(|row| row.name == name);
        let at = at.unwrap_or_else(|| panic!("no row {name}: {:?}", self.setup().rows()));
        self.key(KeyCode::Home);
        for _ in 0..at {
            self.key(KeyCode::Down);
        }
        self.enter()
    }

    fn projects(&mut self, ticket: u64, result: Result<Vec<Project>, LoadError>) -> Vec<Effect> {
        update(&mut self.model, Msg::Projects { ticket, result }).0
    }
}

fn project(id: &str, name: &str) -> Project {
    Project { id: id.into(), name: name.into() }
}

fn survey() -> DetectedAccounts {
    DetectedAccounts {
        profiles: vec![ProfileRow { name: "work".into(), about: "cn-north-4, sdk-file".into() }],
        found: vec![
            DetectedCredentials {
                source: "the environment".into(),
                masked: "FAKE...0001".into(),
                region: Some("cn-east-3".into()),
                project: None,
            },
            DetectedCredentials { source: "a file".into(), masked: "FAKE...0002".into(), region: None, project: None },
        ],
        unusable: vec!["The profile of KooCLI is encrypted.".into()],
        regions: vec![("cn-north-4".into(), "Beijing 4".into()), ("ap-southeast-3".into(), "Singapore".into())],
    }
}

fn label() -> AccountLabel {
    AccountLabel {
        mode: AccountMode::Live,
        profile: "work".into(),
        region: "cn-north-4".into(),
        project: "p1".into(),
        credentials: "access key FAKE...0001".into(),
        endpoint: "https://cph.example".into(),
        proxy: None,
    }
}

fn the_access(effects: &[Effect]) -> &AccountAccess {
    let [Effect::OpenAccount(AccountChoice::Access(access))] = effects else { panic!("{effects:?}") };
    access
}

fn the_search(effects: &[Effect]) -> (&AccountAccess, u64) {
    let [Effect::FindProjects { access, ticket }] = effects else { panic!("{effects:?}") };
    (access, *ticket)
}

#[test]
fn the_demo_is_one_key_away_and_a_profile_is_opened_by_its_name() {
    let mut asked = Asked::first();
    assert_eq!(asked.enter(), [Effect::OpenAccount(AccountChoice::Demo)]);
    let mut asked = Asked::first();
    assert_eq!(asked.take("Profile work"), [Effect::OpenAccount(AccountChoice::Profile("work".into()))]);
}

#[test]
fn found_credentials_ask_only_for_what_is_missing() {
    let mut asked = Asked::first();
    let effects = asked.take("FAKE...0001");
    let (access, ticket) = the_search(&effects);
    assert_eq!((&access.given, access.region.as_str()), (&CredentialsChoice::Found(0), "cn-east-3"));
    // One project leaves nothing to choose: only the name of the profile is left.
    assert_eq!(asked.projects(ticket, Ok(vec![project("p1", "cn-east-3")])), []);
    let effects = asked.enter();
    let access = the_access(&effects);
    assert_eq!(
        (access.project.as_ref(), access.keep_as.as_deref()),
        (Some(&project("p1", "cn-east-3")), Some("cn-east-3"))
    );

    let mut asked = Asked::first();
    assert_eq!(asked.take("FAKE...0002"), []);
    assert_eq!(asked.setup().stage, SetupStage::Region);
    asked.text("singa");
    let effects = asked.enter();
    assert_eq!(the_search(&effects).0.region, "ap-southeast-3");
}

#[test]
fn any_other_region_and_project_can_be_typed() {
    let mut asked = Asked::first();
    asked.take("FAKE...0002");
    asked.text("xx-moon-1");
    let effects = asked.enter();
    let (access, ticket) = the_search(&effects);
    assert_eq!(access.region, "xx-moon-1");
    let failure = LoadError { sentence: "You may not list projects".into(), request_id: Some("r1".into()) };
    asked.projects(ticket, Err(failure));
    asked.text("0123456789abcdef0123456789abcdef");
    assert_eq!(asked.enter(), []);
    let effects = asked.enter();
    assert_eq!(the_access(&effects).project, Some(project("0123456789abcdef0123456789abcdef", "")));
}

#[test]
fn a_typed_key_goes_out_whole_and_is_shown_by_nothing() {
    let mut asked = Asked::first();
    asked.take("Type an access key");
    asked.text("AK1");
    assert_eq!(asked.enter(), []);
    // A line that is empty and needed is not passed by.
    assert_eq!(asked.enter(), []);
    assert_eq!(asked.model.message.as_deref(), Some("Secret key is empty"));
    let _ = update(&mut asked.model, Msg::Paste { text: " se-cret\n".into(), at: 5_000 });
    asked.enter();
    assert_eq!(asked.enter(), []);
    assert_eq!(asked.setup().stage, SetupStage::Region);
    let effects = asked.take("cn-north-4");
    let CredentialsChoice::Key { access_key, secret_key, security_token } = &the_search(&effects).0.given else {
        panic!()
    };
    assert_eq!((access_key.as_str(), secret_key.expose(), security_token.expose()), ("AK1", "se-cret", ""));
    assert!(!format!("{effects:?} {:?}", asked.model.page).contains("se-cret"));
}

#[test]
fn a_secret_key_in_the_place_of_the_access_key_is_hidden_and_goes_nowhere() {
    let secret = "fakeSecretOfTheTests00000000000000000001";
    for is_pasted in [false, true] {
        let mut asked = Asked::first();
        asked.take("Type an access key");
        if is_pasted {
            let _ = update(&mut asked.model, Msg::paste(format!("{secret}\r\n"), 5_000));
        } else {
            asked.text(secret);
        }
        let entries = |asked: &Asked| match &asked.setup().stage {
            SetupStage::Inputs { entries, at, .. } => (entries[*at].label, entries[*at].shown(), entries[*at].remark()),
            stage => panic!("{stage:?}"),
        };
        let (label, shown, remark) = entries(&asked);
        assert_eq!((label, shown), ("Access key", "*".repeat(40)));
        assert!(remark.starts_with("Hidden, because this looks like a secret key."), "{remark}");
        // Neither Enter nor a way around it takes it along.
        assert_eq!(asked.enter(), []);
        let refusal = Some("This looks like a secret key: delete it and enter the access key here");
        assert_eq!((entries(&asked).0, asked.model.message.as_deref()), ("Access key", refusal));
        asked.key(KeyCode::Down);
        asked.text("x");
        asked.key(KeyCode::Down);
        assert_eq!(asked.enter(), []);
        assert_eq!((entries(&asked).0, asked.model.message.as_deref()), ("Access key", refusal));
        assert!(!format!("{:?}", asked.model).contains(secret));
    }
}

#[test]
fn a_late_answer_to_an_older_question_is_dropped_and_esc_leads_back() {
    let mut asked = Asked::first();
    let effects = asked.take("FAKE...0001");
    let old = the_search(&effects).1;
    asked.key(KeyCode::Esc);
    assert_eq!(asked.setup().stage, SetupStage::Choose);
    let effects = asked.take("FAKE...0001");
    let new = the_search(&effects).1;
    assert_eq!(asked.projects(old, Ok(vec![project("x", "x")])), []);
    assert!(matches!(&asked.setup().stage, SetupStage::Project(Projects::Loading { ticket, .. }) if *ticket == new));
    asked.projects(new, Ok(vec![project("a", "cn-east-3"), project("b", "cn-east-3_team")]));
    assert_eq!(asked.take("cn-east-3_team"), []);
    let effects = asked.enter();
    assert_eq!(the_access(&effects).project, Some(project("b", "cn-east-3_team")));
}

#[test]
fn a_profile_without_credentials_or_project_asks_for_those_alone() {
    let (mut asked, effects) = Asked::with(Setup::for_credentials("work", "cn-north-4", Some(project("p1", "")), None));
    assert_eq!(effects, [Effect::DetectAccounts]);
    asked.text("AK");
    asked.enter();
    asked.text("SK");
    asked.enter();
    let effects = asked.enter();
    let access = the_access(&effects);
    assert_eq!((access.profile.as_deref(), access.keep_as.as_deref()), (Some("work"), None));

    let (mut asked, effects) = Asked::with(Setup::for_project("work", "cn-north-4"));
    let [Effect::DetectAccounts, Effect::FindProjects { ticket, .. }] = &effects[..] else { panic!("{effects:?}") };
    let effects = asked.projects(*ticket, Ok(vec![project("p1", "cn-north-4")]));
    assert_eq!(the_access(&effects).given, CredentialsChoice::OfProfile);
}

#[test]
fn what_could_not_be_opened_is_said_and_asked_again() {
    let mut asked = Asked::first();
    asked.take("Profile work");
    let _ = update(&mut asked.model, Msg::AccountNotOpened { why: "Its CA file is missing".into() });
    assert_eq!(asked.setup().stage, SetupStage::Choose);
    assert_eq!(asked.model.message.as_deref(), Some("Its CA file is missing"));
    // A choice that needs one more answer leads there and back.
    asked.take("Profile work");
    let setup = Setup::for_credentials("work", "cn-north-4", None, Some(("acme", "ann")));
    let _ = update(&mut asked.model, Msg::SetupRequired { setup: Box::new(setup) });
    assert!(matches!(&asked.setup().stage, SetupStage::Inputs { at: 2, .. }));
    asked.key(KeyCode::Esc);
    assert_eq!(asked.setup().stage, SetupStage::Choose);
}

#[test]
fn an_opened_account_begins_the_form_and_is_asked_for_by_its_own_credentials() {
    let mut asked = Asked::first();
    asked.enter();
    let effects =
        update(&mut asked.model, Msg::AccountOpened { account: label(), saved: None, defaults: Box::default() });
    assert_eq!(effects[0], Effect::OpenJournal);
    let Effect::Identify { ticket } = effects[1] else { panic!("{effects:?}") };
    assert_eq!(asked.model.page, Page::Form);
    let known = AccountIdentity {
        account: Some("acme".into()),
        project: None,
        is_listed: false,
        clock_ahead: Some(0),
        stamp: "10:00:00".into(),
    };
    let _ = update(&mut asked.model, Msg::Identified { ticket: ticket + 1, result: Ok(Some(known.clone())) });
    assert_eq!(asked.model.account.identity, IdentityState::Requested { ticket });
    let _ = update(&mut asked.model, Msg::Identified { ticket, result: Ok(Some(known.clone())) });
    assert_eq!(asked.model.account.identity, IdentityState::Known(known.clone()));
    let words = asked.model.message.clone().unwrap();
    assert!(words.contains("p1") && words.contains("not among"), "{words}");
    let off = AccountIdentity { is_listed: true, clock_ahead: Some(-840), ..known };
    asked.model.account.identity = IdentityState::Known(off);
    assert!(asked.model.account.trouble().unwrap().contains("14 min behind"));
}

#[test]
fn no_key_does_harm_on_any_of_these_pages() {
    let stages: Vec<fn() -> Setup> = vec![
        || Setup::new("x"),
        || Setup::for_credentials("w", "r", None, None),
        || Setup::for_credentials("w", "r", None, Some(("", ""))),
        || Setup::for_project("w", "r"),
    ];
    let codes = [
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageDown,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::F(1),
        KeyCode::F(5),
        KeyCode::F(6),
        KeyCode::Char('x'),
        KeyCode::Char('?'),
        KeyCode::Char(' '),
    ];
    for stage in stages {
        for first in codes {
            for second in codes {
                let (mut asked, _) = Asked::with(stage());
                let _ = update(&mut asked.model, Msg::AccountsDetected { survey: survey() });
                for code in [first, second, KeyCode::Enter] {
                    let effects = asked.key(code);
                    let buys = effects.iter().any(|effect| matches!(effect, Effect::Submit { .. }));
                    assert!(!buys && !matches!(asked.model.page, Page::Confirm(_)));
                }
            }
        }
    }
}

#[test]
fn another_account_takes_the_form_over_and_esc_leaves_it_with_the_first_one() {
    let mut asked = Asked::first();
    asked.enter();
    let _ = update(&mut asked.model, Msg::AccountOpened { account: label(), saved: None, defaults: Box::default() });
    {
        let msg = asked.model.msg_for_key(Key::ctrl('n'), 2_000);
        let _ = update(&mut asked.model, msg);
    };
    {
        let msg = asked.model.msg_for_key(Key::ctrl('n'), 2_100);
        let _ = update(&mut asked.model, msg);
    };
    asked.at = 2_200;
    asked.text("farm");
    assert_eq!(asked.key(KeyCode::F(9)), [Effect::DetectAccounts]);
    asked.key(KeyCode::Esc);
    assert_eq!((&asked.model.page, asked.model.form.draft.server_name.as_str()), (&Page::Form, "farm"));
    asked.key(KeyCode::F(9));
    asked.enter();
    let other = AccountLabel { profile: "other".into(), ..label() };
    let _ = update(&mut asked.model, Msg::AccountOpened { account: other, saved: None, defaults: Box::default() });
    assert_eq!(
        (asked.model.account.label.profile.as_str(), asked.model.form.draft.server_name.as_str()),
        ("other", "farm")
    );
    // The demo reads no credentials, so it stays one.
    let demo = AccountLabel { mode: AccountMode::Simulator, ..label() };
    let _ = update(&mut asked.model, Msg::AccountOpened { account: demo, saved: None, defaults: Box::default() });
    assert_eq!(asked.key(KeyCode::F(9)), []);
    assert!(asked.model.message.as_ref().unwrap().contains("demo"));
}

#[test]
fn the_defaults_of_a_profile_are_answers_of_their_own_kind() {
    let mut asked = Asked::first();
    asked.enter();
    let draft = Draft { count: "3".into(), ..Draft::default() };
    let defaults = Box::new(ProfileDefaults { draft, answered: vec![FieldId::Count] });
    let _ = update(&mut asked.model, Msg::AccountOpened { account: label(), saved: None, defaults });
    assert_eq!(
        (asked.model.form.draft.count.as_str(), asked.model.form.origin(FieldId::Count)),
        ("3", AnswerOrigin::Profile)
    );
    // They are the profile's and no draft of a person's.
    let effects = {
        let msg = asked.model.msg_for_key(Key::ctrl('c'), 9_000);
        update(&mut asked.model, msg)
    };
    assert_eq!(*effects, [Effect::Quit]);
}

#[test]
fn no_answer_to_an_earlier_choice_counts_for_another_one() {
    let mut asked = Asked::first();
    let effects = asked.take("FAKE...0001");
    let ticket = the_search(&effects).1;
    asked.projects(ticket, Ok(vec![project("p1", "cn-east-3")]));
    while asked.setup().stage != SetupStage::Choose {
        asked.key(KeyCode::Esc);
    }
    asked.take("Type a token");
    asked.text("token");
    asked.enter();
    assert_eq!(asked.setup().stage, SetupStage::Region, "region and project of the other credentials are forgotten");
    // A profile that was looked at and left is not ordered for.
    let mut asked = Asked::first();
    asked.take("Profile work");
    let setup = Setup::for_credentials("work", "cn-north-4", Some(project("p1", "")), None);
    let _ = update(&mut asked.model, Msg::SetupRequired { setup: Box::new(setup) });
    asked.key(KeyCode::Esc);
    asked.take("FAKE...0002");
    assert_eq!((asked.setup().access.profile.as_ref(), &asked.setup().stage), (None, &SetupStage::Region));
}

#[test]
fn outcomes_of_one_account_stay_in_the_receipt_of_another() {
    let mut driver = crate::common::Driver::on_review();
    driver.enter();
    driver.ctrl('o');
    driver.at += 1_000;
    let outcome = Outcome::Accepted(Receipt { request_id: None, order_id: "CS1".into(), product_id: None });
    driver.send(Msg::Purchase { event: Event::Concluded { id: None, outcome, lost: None }, at: driver.at });
    driver.text("n");
    driver.send(Msg::AccountOpened { account: label(), saved: None, defaults: Box::default() });
    let receipt = receipt(&driver.model);
    assert!(
        receipt[0].starts_with("SIMULATOR  ACCEPTED") && receipt.iter().any(|line| line.contains("CS1")),
        "{receipt:?}"
    );
    assert_eq!(exit_code(&driver.model), ExitCode::Success);
}
