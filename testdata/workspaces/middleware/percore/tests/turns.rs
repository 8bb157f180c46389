//! Services that stay on a thread, served.

use handlers::Failure;
use layers::RetryLayer;
use percore::{Desk, Menu};
use service::Layer;

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[tokio::test(flavor = "current_thread")]
async fn a_desk_remembers_what_it_was_asked() {
    let desk = Desk::default();
    let served = RetryLayer::new(2).layer(desk.clone());
    let answers = percore::serve(served, words("tea cup pot")).await;
    let mut known: Vec<_> =
        answers.into_iter().map(|answer| words(&answer.unwrap()).len()).collect();
    known.sort();
    assert_eq!(known, [0, 1, 2]);
    assert_eq!(
        percore::serve(desk, words("egg")).await[0].as_ref().map(|all| words(all).len()),
        Ok(3)
    );
}

#[tokio::test(flavor = "current_thread")]
async fn a_meal_is_all_its_courses() {
    let menu = Menu::new([("day", &["lunch", "tea"]), ("lunch", &["soup", "egg"]), ("fast", &[])]);
    let answers = percore::serve(menu, words("egg day fast")).await;
    let expected =
        [Ok("egg".into()), Ok("soup and egg and tea".into()), Err(Failure::Refused("fast".into()))];
    assert_eq!(answers, expected);
}
