//! The questions before the form.

use cph_wizard::app::{
    AccountIdentity, AccountLabel, AccountMode, DetectedAccounts, DetectedCredentials, IdentityState, Key, KeyCode,
    LoadError, Model, Msg, Page, ProfileRow, Project, Setup, update,
};

use crate::common::Driver;
use crate::page_snapshot::snapshot;

fn asked(setup: Setup) -> Model {
    let mut model = Model::new(AccountLabel::none(), None);
    model.page = Page::Setup(Box::new(setup));
    let _ = model.start();
    model
}

fn key(model: &mut Model, code: KeyCode) {
    let msg = model.msg_for_key(Key::plain(code), 1_000);
    let _ = update(model, msg);
}

fn text(model: &mut Model, text: &str) {
    text.chars().for_each(|c| key(model, KeyCode::Char(c)));
}

fn survey() -> DetectedAccounts {
    let found = |source: &str, masked: &str| DetectedCredentials {
        source: source.into(),
        masked: masked.into(),
        region: Some("cn-north-4".into()),
        project: None,
    };
    let regions = [("cn-north-4", "Beijing 4"), ("cn-north-9", "Ulanqab 1"), ("ap-southeast-3", "Singapore")];
    DetectedAccounts {
        profiles: vec![ProfileRow { name: "work".into(), about: "cn-north-4, credentials: sdk-file".into() }],
        found: vec![
            found("the SDK's variables (HUAWEICLOUD_SDK_AK)", "FAKE...0001"),
            found("the Terraform provider's variables (HW_ACCESS_KEY, OS_ACCESS_KEY)", "ann@acme"),
        ],
        unusable: vec![
            "In the KooCLI's profile default in ~/.hcloud/config.json: it is encrypted; `hcloud configure set \
             --cli-auth-encrypt=false` stores the keys so that they can be used"
                .into(),
        ],
        regions: regions.map(|(id, place)| (id.to_owned(), place.to_owned())).into(),
    }
}

#[test]
pub fn who_orders_before_and_after_the_machine_was_looked_at() {
    let mut model = asked(Setup::new("No account is set up: there is no profile, and no region or endpoint is given."));
    snapshot("setup-looking", &mut model);
    let _ = update(&mut model, Msg::AccountsDetected { survey: survey() });
    snapshot("setup-choose", &mut model);
}

#[test]
pub fn typed_credentials_are_stars_and_empty_ones_are_named() {
    let mut model = asked(Setup::for_credentials("work", "cn-north-4", None, None));
    text(&mut model, "FAKEAK0EXAMPLE000001");
    key(&mut model, KeyCode::Enter);
    text(&mut model, "secret");
    snapshot("setup-key", &mut model);
    let mut model = asked(Setup::for_credentials("work", "cn-north-4", None, Some(("acme", "ann"))));
    key(&mut model, KeyCode::Enter);
    snapshot("setup-login", &mut model);
}

#[test]
pub fn region_and_project_are_lists_into_which_an_id_can_be_typed() {
    let mut model = asked(Setup::new("x"));
    let _ = update(&mut model, Msg::AccountsDetected { survey: DetectedAccounts { found: Vec::new(), ..survey() } });
    for _ in 0..2 {
        key(&mut model, KeyCode::Down);
    }
    key(&mut model, KeyCode::Enter);
    text(&mut model, "AK");
    key(&mut model, KeyCode::Enter);
    text(&mut model, "SK");
    key(&mut model, KeyCode::Enter);
    key(&mut model, KeyCode::Enter);
    text(&mut model, "north");
    snapshot("setup-region", &mut model);
    key(&mut model, KeyCode::Enter);
    let ticket = model.ticket;
    let failure = LoadError {
        sentence: "You may not list projects. Ask for the right iam:projects:listProjectsForUser. (status 403)".into(),
        request_id: Some("4a1f".into()),
    };
    let mut failed = asked(Setup::for_project("work", "cn-north-4"));
    let of_failed = failed.ticket;
    snapshot("setup-asking", &mut failed);
    let _ = update(&mut failed, Msg::Projects { ticket: of_failed, result: Err(failure) });
    snapshot("setup-project-failed", &mut failed);
    let project = |id: &str, name: &str| Project { id: id.into(), name: name.into() };
    let projects = vec![
        project("0123456789abcdef0123456789abcdef", "cn-north-4"),
        project("fedcba9876543210fedcba9876543210", "cn-north-4_team"),
    ];
    let _ = update(&mut model, Msg::Projects { ticket, result: Ok(projects) });
    snapshot("setup-project", &mut model);
    key(&mut model, KeyCode::Enter);
    snapshot("setup-name", &mut model);
}

fn live() -> Driver {
    let mut driver = Driver::on_review();
    driver.model.account.label = AccountLabel {
        mode: AccountMode::Live,
        profile: "work".into(),
        region: "cn-north-4".into(),
        project: "0123456789abcdef0123456789abcdef".into(),
        credentials: "access key FAKE...0001, from the SDK's variables (HUAWEICLOUD_SDK_AK)".into(),
        endpoint: "https://cph.cn-north-4.myhuaweicloud.com".into(),
        proxy: Some("proxy.example:3128 (environment)".into()),
    };
    driver
}

fn known() -> AccountIdentity {
    AccountIdentity {
        account: Some("acme".into()),
        project: Some("cn-north-4".into()),
        is_listed: true,
        clock_ahead: Some(2),
        stamp: "14:02:11".into(),
    }
}

#[test]
pub fn a_live_review_names_account_way_and_credentials() {
    let mut driver = live();
    driver.model.account.identity = IdentityState::Known(known());
    snapshot("live-review", &mut driver.model);
    driver.enter();
    snapshot("live-confirm", &mut driver.model);
    let mut driver = live();
    driver.model.account.identity =
        IdentityState::Known(AccountIdentity { is_listed: false, project: None, ..known() });
    driver.enter();
    snapshot("live-confirm-not-theirs", &mut driver.model);
}
