//! Which projects credentials open, and whom they speak for.

use cph_wizard::api::{Cloud as _, NO_OBSERVER, ReadError};
use cph_wizard::catalogue::Resource;
use cph_wizard::purchase::Outcome;

use crate::fixture::{PROJECT, REGION, Stage, Who, buy};

#[tokio::test]
async fn the_first_project_of_the_region_is_the_one_that_can_be_used() {
    for who in Who::ALL {
        let stage = Stage::on("").await;
        let projects = stage.iam(stage.credentials(who).await).projects(Some(REGION)).await.unwrap();
        let [main, team] = &projects[..] else { panic!("{who:?}: {projects:?}") };
        // A token is good for the project that it was taken for, and for no other.
        let credentials = match who {
            Who::Token => cph_wizard::api::AuthMethod::Token(cph_wizard::api::Token::new(&stage.token(&main.id).await)),
            Who::Permanent | Who::Temporary | Who::Login | Who::Bound => stage.credentials(who).await,
        };
        let cloud = stage.cloud(credentials.clone(), &main.id);
        let identity = cloud.identify().await.unwrap().unwrap();
        assert_eq!(identity.project.as_ref(), Some(main), "{who:?}");
        assert!(identity.is_listed, "{who:?}");
        assert!(matches!(buy(&cloud).await, Outcome::Accepted(_)), "{who:?}");
        let in_team = stage.cloud(credentials, &team.id).list(Resource::Servers, NO_OBSERVER).await;
        let is_open = matches!(who, Who::Permanent | Who::Temporary | Who::Login);
        match in_team {
            Ok(_) => assert!(is_open, "{who:?}"),
            Err(error) => {
                assert!(!is_open && matches!(error, ReadError::Refused { status: 403, .. }), "{who:?}: {error:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_project_that_is_not_among_those_of_the_credentials_is_said_to_be_none() {
    let stage = Stage::on("").await;
    for who in [Who::Token, Who::Permanent, Who::Temporary, Who::Login] {
        let identity = stage.cloud_of(who).await.identify().await.unwrap().unwrap();
        assert_eq!((identity.project, identity.is_listed), (None, false), "{who:?} in {PROJECT}");
        assert_eq!(identity.account.unwrap().name, "demo-domain", "{who:?}");
    }
}

#[tokio::test]
async fn no_region_but_the_own_has_projects() {
    let stage = Stage::on("").await;
    for who in Who::ALL {
        let iam = stage.iam(stage.credentials(who).await);
        assert_eq!(iam.projects(Some("cn-north-9")).await, Ok(Vec::new()), "{who:?}");
        assert!(iam.clock_ahead().is_some_and(|ahead| ahead.abs() <= 2), "{who:?}");
    }
}

#[tokio::test]
async fn a_login_to_a_project_that_does_not_exist_is_refused_as_a_login_and_orders_nothing() {
    let stage = Stage::on("").await;
    let cloud = stage.cloud(crate::fixture::login("demo-password"), "no-such-project");
    for _ in 0..2 {
        let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
        assert!(matches!(&error, ReadError::LoginRefused { status: 404, .. }), "{error:?}");
        assert!(error.sentence().starts_with("Logging in was refused."), "{}", error.sentence());
    }
    assert!(matches!(buy(&cloud).await, Outcome::NotSent(_)));
    assert_eq!((stage.seen(), stage.logins()), (1, 1));
}
