//! Which steps are applied, and which are refused.

use super::*;

const ONE: (&str, &str) = ("0001_one", "CREATE TABLE one (id {uuid}) {strict};");
const TWO: (&str, &str) = ("0002_two", "CREATE TABLE two (id {int}) {strict};");
const THREE: (&str, &str) = ("0003_three", "CREATE TABLE three (id {int}) {strict};");

fn was(name: &str, sql: &str) -> Applied {
    Applied {
        of: "scenes".into(),
        name: name.into(),
        hash: hash(sql),
    }
}

#[track_caller]
fn check(steps: &'static [(&'static str, &'static str)], applied: &[Applied], expected: &str) {
    let planned = match plan(
        &[Migrations {
            of: "scenes",
            steps,
        }],
        applied,
    ) {
        Ok(steps) => steps
            .iter()
            .map(|step| step.name)
            .collect::<Vec<_>>()
            .join(" "),
        Err(error) => error.to_string(),
    };
    assert!(planned.starts_with(expected), "{planned}");
}

#[test]
fn only_new_steps_are_applied_in_their_order() {
    check(&[ONE, TWO], &[], "0001_one 0002_two");
    check(&[ONE, TWO], &[was(ONE.0, ONE.1)], "0002_two");
    check(&[ONE], &[was(ONE.0, ONE.1), was(TWO.0, TWO.1)], "");
}

#[test]
fn an_edited_step_is_refused() {
    check(
        &[ONE],
        &[was(ONE.0, "CREATE TABLE one (id {int});")],
        "the step scenes/0001_one was edited",
    );
}

#[test]
fn a_step_put_before_an_applied_one_is_refused() {
    let applied = [was(ONE.0, ONE.1), was(THREE.0, THREE.1)];
    check(
        &[ONE, TWO, THREE],
        &applied,
        "a new step stands before scenes/0003_three",
    );
}

#[test]
fn a_step_with_an_unknown_token_or_a_deferred_constraint_is_refused() {
    check(
        &[("0001", "CREATE TABLE one (id {number})")],
        &[],
        "the step scenes/0001 has the unknown token {number}",
    );
    check(
        &[(
            "0001",
            "ALTER TABLE one ADD x {int} REFERENCES two DEFERRABLE",
        )],
        &[],
        "the step scenes/0001 has a DEFERRABLE",
    );
    check(
        &[(
            "0001",
            "CREATE TABLE one (body {json} DEFAULT '{}' CHECK (body <> '{\"a\": 1}'))",
        )],
        &[],
        "0001",
    );
}

#[test]
fn the_hash_is_of_the_sql_as_written_so_that_both_engines_agree() {
    let spelled = (FOR_SQLITE.spell(ONE.1), FOR_POSTGRES.spell(ONE.1));
    assert_eq!(spelled.0, "CREATE TABLE one (id BLOB) STRICT;");
    assert_eq!(spelled.1, "CREATE TABLE one (id UUID) ;");
    let step = Step {
        of: "scenes",
        name: ONE.0,
        sql: ONE.1,
    };
    assert_eq!(step.hash(), hash(ONE.1));
}
