//! Every address of the API, on one sheet.

use base::document::MAX_TEXT;

use crate::{
    Api, embeds, enrolment, front, openapi, people, pictures, running_stories, sections, session,
    stories, tasks, tokens, topics, trust_pages, webhooks,
};

/// The largest body with a story in it, in bytes: 4 MiB. Twice the text a story may hold, for the
/// names of its parts; text that is nothing but `\u` escapes reaches this sooner.
pub const STORY_BODY: usize = 4 * 1024 * 1024;
/// The largest body with a password, a code or a token in it, in bytes.
pub const CREDENTIALS_BODY: usize = 4 * 1024;

const _: () = assert!(STORY_BODY >= 2 * MAX_TEXT);

web::doors! {
    /// The doors of staff and machines.
    pub fn doors() -> Doors<Api>;

    OPENAPI: Get "/api/v1/openapi.json" => openapi::show,
        who: Anyone, cache: Page, rate: READING, gate: Open;

    SESSION: Get "/api/v1/session" => session::show,
        who: Staff(SignedIn), cache: Personal, rate: READING, gate: StaffOnly;
    SIGN_IN: Post "/api/v1/session" => session::create,
        who: Anyone, cache: Personal, rate: SIGN_IN, gate: Open,
        body_limit: CREDENTIALS_BODY, shield: Desk;
    SIGN_OUT: Delete "/api/v1/session" => session::destroy,
        who: Anyone, cache: Personal, rate: WRITING, gate: Open,
        body_limit: CREDENTIALS_BODY, shield: Desk;
    ENROL: Post "/api/v1/enrolment" => enrolment::create,
        who: Anyone, cache: Personal, rate: SIGN_IN, gate: Open,
        body_limit: CREDENTIALS_BODY, shield: Desk;
    CONFIRM: Put "/api/v1/enrolment/{confirm}" => enrolment::update,
        who: Anyone, cache: Personal, rate: SIGN_IN, gate: Open,
        body_limit: CREDENTIALS_BODY, shield: Desk, case: Exact;

    STORIES: Get "/api/v1/stories" => stories::index,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly,
        query: ["state", "section", "q", "after", "limit"];
    DRAFT: Post "/api/v1/stories" => stories::create,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly,
        body_limit: STORY_BODY;
    STORY: Get "/api/v1/stories/{story}" => stories::show,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;
    REVISE: Patch "/api/v1/stories/{story}" => stories::update,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly,
        body_limit: STORY_BODY, case: Exact;
    REVISIONS: Get "/api/v1/stories/{story}/revisions" => stories::revisions::index,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly, case: Exact,
        query: ["after", "limit"];
    SEAL: Post "/api/v1/stories/{story}/revisions" => stories::revisions::create,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    REVISION: Get "/api/v1/stories/{story}/revisions/{number}" => stories::revisions::show,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;
    PUBLISH: Put "/api/v1/stories/{story}/publication" => stories::publication::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    UNPUBLISH: Delete "/api/v1/stories/{story}/publication" => stories::publication::destroy,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    WITHDRAW: Put "/api/v1/stories/{story}/withdrawal" => stories::withdrawal::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    CORRECT: Post "/api/v1/stories/{story}/corrections" => stories::corrections::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly,
        body_limit: STORY_BODY, case: Exact;

    PICTURES: Get "/api/v1/pictures" => pictures::index,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly,
        query: ["q", "credit", "place", "taken_from", "taken_to", "rights", "after", "limit"];
    BRING_PICTURE: Post "/api/v1/pictures" => pictures::create,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly,
        body_limit: pictures::LARGEST, query: ["name"];
    PICTURE: Get "/api/v1/pictures/{picture}" => pictures::show,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;
    AMEND_PICTURE: Patch "/api/v1/pictures/{picture}" => pictures::update,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly,
        body_limit: STORY_BODY, case: Exact;
    REFOCUS_PICTURE: Put "/api/v1/pictures/{picture}/focus" => pictures::focus::update,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    PULL_PICTURE: Put "/api/v1/pictures/{picture}/pull" => pictures::pulls::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    RESTORE_PICTURE: Delete "/api/v1/pictures/{picture}/pull" => pictures::pulls::destroy,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    PULL_PICTURES: Post "/api/v1/picture-pulls" => pictures::pulls::create_many,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly;
    PICTURE_USES: Get "/api/v1/pictures/{picture}/uses" => pictures::uses::show,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;
    BEGIN_UPLOAD: Post "/api/v1/picture-uploads" => pictures::uploads::create,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly;
    UPLOAD: Get "/api/v1/picture-uploads/{upload}" => pictures::uploads::show,
        who: Machine(StoriesWrite), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;
    UPLOAD_PART: Patch "/api/v1/picture-uploads/{upload}" => pictures::uploads::update,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly,
        body_limit: pictures::uploads::PART, query: ["offset"], case: Exact;
    FETCH_PICTURE: Post "/api/v1/picture-fetches" => pictures::fetches::create,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly;
    PICTURE_FETCH: Get "/api/v1/picture-fetches/{fetch}" => pictures::fetches::show,
        who: Machine(StoriesWrite), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;

    FRONT: Get "/api/v1/front" => front::show,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly;
    ARRANGE: Put "/api/v1/front" => front::update,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly;

    TRUST_PAGES: Get "/api/v1/trust-pages" => trust_pages::index,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly;
    TRUST_PAGE: Get "/api/v1/trust-pages/{slug}" => trust_pages::show,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly;
    ADAPT: Put "/api/v1/trust-pages/{slug}" => trust_pages::update,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly,
        body_limit: STORY_BODY;
    SHOW_TRUST_PAGE: Put "/api/v1/trust-pages/{slug}/publication" => trust_pages::publication::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly;
    HIDE_TRUST_PAGE: Delete "/api/v1/trust-pages/{slug}/publication" => trust_pages::publication::destroy,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly;
    RESTORE_TRUST_PAGE: Put "/api/v1/trust-pages/{slug}/restoration" => trust_pages::restoration::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly;
    TRUST_VERSIONS: Get "/api/v1/trust-pages/{slug}/versions" => trust_pages::versions::index,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly,
        query: ["after", "limit"];
    TRUST_VERSION: Get "/api/v1/trust-pages/{slug}/versions/{version}" => trust_pages::versions::show,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly;

    TASKS: Get "/api/v1/tasks" => tasks::index,
        who: Machine(StoriesRead), cache: Personal, rate: READING, gate: StaffOnly,
        query: ["state", "after", "limit"];
    COMPLETE_TASK: Put "/api/v1/tasks/{task}/completion" => tasks::completion::create,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    REOPEN_TASK: Delete "/api/v1/tasks/{task}/completion" => tasks::completion::destroy,
        who: Machine(StoriesWrite), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;

    SECTIONS: Get "/api/v1/sections" => sections::index,
        who: Machine(Lists), cache: Personal, rate: READING, gate: StaffOnly,
        query: ["after", "limit"];
    BEGIN_SECTION: Post "/api/v1/sections" => sections::create,
        who: Staff(Administer), cache: Personal, rate: WRITING, gate: StaffOnly;
    ORDER_SECTIONS: Put "/api/v1/sections/order" => sections::arrange,
        who: Staff(Administer), cache: Personal, rate: WRITING, gate: StaffOnly;
    CHANGE_SECTION: Put "/api/v1/sections/{section}" => sections::update,
        who: Staff(Administer), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    REMOVE_SECTION: Delete "/api/v1/sections/{section}" => sections::destroy,
        who: Staff(Administer), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    SECTION: Get "/api/v1/sections/{section}" => sections::show,
        who: Machine(Lists), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;

    RUNNING_STORIES: Get "/api/v1/running-stories" => running_stories::index,
        who: Machine(Lists), cache: Personal, rate: READING, gate: StaffOnly,
        query: ["state", "q", "after", "limit"];
    BEGIN_RUNNING_STORY: Post "/api/v1/running-stories" => running_stories::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly;
    RUNNING_STORY: Get "/api/v1/running-stories/{running}" => running_stories::show,
        who: Machine(Lists), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;
    CHANGE_RUNNING_STORY: Put "/api/v1/running-stories/{running}" => running_stories::update,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    REMOVE_RUNNING_STORY: Delete "/api/v1/running-stories/{running}" => running_stories::destroy,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    OPEN_FOR_SAFETY: Put "/api/v1/running-stories/{running}/public-safety" => running_stories::public_safety::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    CLOSE_FOR_SAFETY: Delete "/api/v1/running-stories/{running}/public-safety" => running_stories::public_safety::destroy,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    ENTRIES: Get "/api/v1/running-stories/{running}/entries" => running_stories::entries::index,
        who: Machine(Lists), cache: Personal, rate: READING, gate: StaffOnly, case: Exact,
        query: ["status", "key_event", "after", "limit"];
    ADD_ENTRY: Post "/api/v1/running-stories/{running}/entries" => running_stories::entries::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact,
        body_limit: STORY_BODY;
    ENTRY: Get "/api/v1/running-stories/{running}/entries/{entry}" => running_stories::entries::show,
        who: Machine(Lists), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;
    AMEND_ENTRY: Put "/api/v1/running-stories/{running}/entries/{entry}" => running_stories::entries::update,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact,
        body_limit: STORY_BODY;
    TAKE_DOWN_ENTRY: Put "/api/v1/running-stories/{running}/entries/{entry}/withdrawal" => running_stories::entries::withdrawal::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;

    WEBHOOKS: Get "/api/v1/webhooks" => webhooks::index,
        who: Staff(Administer), cache: Personal, rate: READING, gate: StaffOnly;
    MAKE_WEBHOOK: Post "/api/v1/webhooks" => webhooks::create,
        who: Staff(Administer), cache: Personal, rate: WRITING, gate: StaffOnly;
    WEBHOOK: Get "/api/v1/webhooks/{webhook}" => webhooks::show,
        who: Staff(Administer), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;
    CHANGE_WEBHOOK: Put "/api/v1/webhooks/{webhook}" => webhooks::update,
        who: Staff(Administer), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    REMOVE_WEBHOOK: Delete "/api/v1/webhooks/{webhook}" => webhooks::destroy,
        who: Staff(Administer), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    DELIVERIES: Get "/api/v1/webhooks/{webhook}/deliveries" => webhooks::deliveries::index,
        who: Staff(Administer), cache: Personal, rate: READING, gate: StaffOnly,
        query: ["after"], case: Exact;
    REDELIVER: Post "/api/v1/webhooks/{webhook}/deliveries/{delivery}/redelivery" => webhooks::deliveries::send_again,
        who: Staff(Administer), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    EMBED: Post "/api/v1/embeds" => embeds::create,
        who: Machine(StoriesWrite), cache: Personal, rate: SEARCH, gate: StaffOnly;
    TOPICS: Get "/api/v1/topics" => topics::index,
        who: Machine(Lists), cache: Personal, rate: READING, gate: StaffOnly,
        query: ["q", "after", "limit"];
    TOPIC: Get "/api/v1/topics/{slug}" => topics::show,
        who: Machine(Lists), cache: Personal, rate: READING, gate: StaffOnly;
    RENAME_TOPIC: Put "/api/v1/topics/{slug}" => topics::update,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly;

    PEOPLE: Get "/api/v1/people" => people::index,
        who: Machine(Lists), cache: Personal, rate: READING, gate: StaffOnly,
        query: ["q", "after", "limit"];
    ADD_PERSON: Post "/api/v1/people" => people::create,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly;
    PERSON: Get "/api/v1/people/{person}" => people::show,
        who: Machine(Lists), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;
    CHANGE_PERSON: Put "/api/v1/people/{person}" => people::update,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
    REMOVE_PERSON: Delete "/api/v1/people/{person}" => people::destroy,
        who: Machine(Publish), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;

    TOKENS: Get "/api/v1/tokens" => tokens::index,
        who: Staff(Administer), cache: Personal, rate: READING, gate: StaffOnly,
        query: ["after", "limit"];
    MAKE_TOKEN: Post "/api/v1/tokens" => tokens::create,
        who: Staff(Administer), cache: Personal, rate: WRITING, gate: StaffOnly,
        body_limit: CREDENTIALS_BODY, shield: Desk;
    TOKEN: Get "/api/v1/tokens/{token}" => tokens::show,
        who: Staff(Administer), cache: Personal, rate: READING, gate: StaffOnly, case: Exact;
    REVOKE_TOKEN: Put "/api/v1/tokens/{token}/revocation" => tokens::revocation::create,
        who: Staff(Administer), cache: Personal, rate: WRITING, gate: StaffOnly, case: Exact;
}
