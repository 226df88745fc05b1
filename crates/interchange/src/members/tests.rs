//! Members come in once each, and a line that cannot be taken is named.

use std::fs;

use super::*;
use crate::incoming::sorted::warnings;

fn read_in(text: &str) -> (Vec<IncomingMember>, String, Result<Summary, String>) {
    let path = std::env::temp_dir().join(format!("members-{}.csv", base::Id::<()>::fresh()));
    fs::write(&path, text).unwrap();
    let mut pieces = Vec::new();
    let outcome = read(&path, &mut |piece| {
        pieces.push(piece);
        Ok(())
    });
    let _ = fs::remove_file(&path);
    let told = warnings(&pieces);
    let members = pieces.into_iter().filter_map(|piece| match piece {
        Incoming::Member(member) => Some(*member),
        _ => None,
    });
    (
        members.collect(),
        told,
        outcome.map_err(|unread| unread.to_string()),
    )
}

#[test]
fn a_member_comes_with_what_ghost_says_of_them() {
    let text = "\u{feff}email,name,note,subscribed_to_emails,labels,created_at,stripe_customer_id,Shoe size\r\n\
        Ada@A.example,\"Byron, Ada\",\"two\r\nlines \"\"and\"\" more\",true,\"one, two\",2019-10-30T14:52:08.000Z,cus_1,38\r\n\
        \r\nb@b.example,,,,,soon,,\r\n";
    let (members, told, outcome) = read_in(text);
    outcome.unwrap();
    let ada = &members[0];
    assert_eq!(
        (ada.mail.as_str(), ada.name.as_str()),
        ("ada@a.example", "Byron, Ada")
    );
    assert_eq!(ada.note, "two\r\nlines \"and\" more");
    assert_eq!(ada.labels, ["one", "two"]);
    assert!(ada.wants_mail && ada.joined.is_some());
    assert_eq!(ada.rest["stripe_customer_id"], "cus_1");
    assert!(!members[1].wants_mail && members[1].joined.is_none());
    assert!(
        told.contains("Shoe size") && told.contains("line 5 | soon"),
        "{told}"
    );
}

#[test]
fn lines_that_cannot_be_taken_are_named_and_the_others_come_in() {
    let text = "name,email\nA,a@a.example\nB,\nC,c at c\nD,A@a.example\nE,e@e.example\n";
    let (members, told, outcome) = read_in(text);
    assert_eq!(outcome.unwrap().left_out[crate::folder::LEFT_OUT], 2);
    let mails: Vec<&str> = members.iter().map(|one| one.mail.as_str()).collect();
    assert_eq!(mails, ["a@a.example", "e@e.example"]);
    for said in [
        "line 3 | the line | there is no mail",
        "line 4 | the line | “c at c”",
        "line 5 | the mail address",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

#[test]
fn what_is_no_list_of_members_is_refused_by_name() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let why = read_in(text).2.unwrap_err();
        assert!(why.contains(expected), "{why}");
    }
    check("name\nAda\n", "no column “email”");
    check(
        "email\na@a.example\n\"b@b.example\n",
        "line 3: a quotation mark",
    );
    check("", "no column “email”");
}
