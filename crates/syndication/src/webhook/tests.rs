//! Deliveries against a receiver of this machine, moved through days by hand.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use base::Clock as _;
use courier::{Rules, Sender, testing::StubNames};
use newsroom::By;
use serde_json::json;
use store::{jobs, outbox::Event};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
};

use super::{announce::announce, change::change, create::create, deliver::DELIVERY, *};

struct Hand(AtomicI64);

impl base::Clock for Hand {
    fn now(&self) -> Instant {
        Instant::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

struct World<'a> {
    db: &'a Db,
    hand: Arc<Hand>,
    sender: Sender,
    url: String,
    heard: UnboundedReceiver<String>,
}

impl<'a> World<'a> {
    async fn around(db: &'a Db, answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = listener.local_addr().unwrap();
        let (says, heard) = unbounded_channel();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut asked = vec![0; 16_384];
                let read = stream.read(&mut asked).await.unwrap_or(0);
                asked.truncate(read);
                let _ = says.send(String::from_utf8_lossy(&asked).into_owned());
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        let hand = Arc::new(Hand(AtomicI64::new(1_795_000_000)));
        let rules = Rules {
            own: vec![place],
            ..Rules::default()
        };
        let names = Arc::new(StubNames::new());
        Self {
            db,
            sender: Sender::new(names, rules, hand.clone()),
            hand,
            url: format!("http://{place}/hook"),
            heard,
        }
    }

    fn passes(&self, seconds: i64) {
        self.hand.0.fetch_add(seconds, Ordering::SeqCst);
    }

    async fn happens(&self, event: &Event, occasion: Occasion) {
        let mut tx = self.db.begin().await.unwrap();
        let data = json!({"id": event.subject});
        announce(&mut tx, event, occasion, &data, self.hand.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// Runs what is due; answers how much that was.
    async fn works(&self) -> usize {
        let mut ran = 0;
        let now = self.hand.now();
        while let Some(job) = jobs::claim(self.db, &[DELIVERY], now).await.unwrap() {
            deliver::run(self.db, &self.sender, &job, now)
                .await
                .unwrap();
            jobs::done(self.db, &job).await.unwrap();
            ran += 1;
        }
        ran
    }

    async fn hook(&self, events: &[&str]) -> (Webhook, Secret) {
        let events: Vec<String> = events.iter().map(|&word| word.into()).collect();
        let by = By::machine("ada");
        create(self.db, &self.url, &events, &by, self.hand.now())
            .await
            .unwrap()
    }

    async fn log(&self, webhook: &Webhook) -> Vec<Delivery> {
        delivery::listed(self.db, webhook.id, None).await.unwrap()
    }
}

fn event() -> Event {
    Event {
        id: uuid::Uuid::now_v7(),
        kind: "story.published".into(),
        subject: uuid::Uuid::now_v7(),
        payload: json!({}),
        at: Instant::from_second(1_795_000_000).unwrap(),
        attempt: 1,
        dead_at: None,
        why: None,
    }
}

async fn on_both(scene: impl AsyncFn(&Db)) {
    let migrations = [store::MIGRATIONS, crate::MIGRATIONS];
    store::testing::on_both(&migrations, async |db| scene(&db).await).await;
}

const TAKEN: &str = "HTTP/1.1 204 No Content\r\n\r\n";

#[tokio::test]
async fn a_webhook_is_told_what_it_asked_for_once_and_signed() {
    on_both(async |db| {
        let mut world = World::around(db, TAKEN).await;
        let (webhook, secret) = world.hook(&["story.published"]).await;
        let event = event();
        for _heard_twice in 0..2 {
            world.happens(&event, Occasion::Published).await;
            world.happens(&event, Occasion::Withdrawn).await;
        }
        assert_eq!(world.works().await, 1);
        let heard = world.heard.recv().await.unwrap();
        let (head, body) = heard.split_once("\r\n\r\n").unwrap();
        let line = |name: &str| {
            let mut lines = head.lines();
            let line = lines.find_map(|line| line.strip_prefix(name)).unwrap();
            line.trim().to_owned()
        };
        let log = world.log(&webhook).await;
        let id = format!("msg_{}", log[0].message.simple());
        assert_eq!(line("webhook-id:"), id);
        let signed = secret.headers(&id, world.hand.now(), body);
        assert_eq!(line("webhook-signature:"), signed[2].1);
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["type"], "story.published");
        assert_eq!(body["data"]["id"], event.subject.to_string());
        assert_eq!(
            (log.len(), log[0].state.as_str(), log[0].status),
            (1, "delivered", Some(204))
        );
        assert!(world.heard.try_recv().is_err());
    })
    .await;
}

#[tokio::test]
async fn what_was_not_taken_is_tried_by_the_schedule_and_after_five_days_the_webhook_is_off() {
    on_both(async |db| {
        let world = World::around(db, "HTTP/1.1 500 Oh\r\n\r\n").await;
        let (webhook, _) = world.hook(&["story.published"]).await;
        world.happens(&event(), Occasion::Published).await;
        assert_eq!(world.works().await, 1);
        assert_eq!(world.works().await, 0, "not tried again at once");
        let mut tries = 1;
        for wait in crate::patience::WAITS {
            world.passes(wait);
            tries += world.works().await;
        }
        assert_eq!(tries, 10, "as often as the schedule has it");
        let log = world.log(&webhook).await;
        assert_eq!(log[0].state, "failed");
        assert!(one(db, webhook.id).await.unwrap().off.is_none());
        world.passes(FAILING_DAYS * 24 * 60 * 60);
        world.happens(&event(), Occasion::Published).await;
        world.works().await;
        let off = one(db, webhook.id).await.unwrap().off.expect("it is off");
        assert!(off.why.contains("5 days"), "{}", off.why);
        world.happens(&event(), Occasion::Published).await;
        assert_eq!(
            world.log(&webhook).await.len(),
            2,
            "nothing more is written for it"
        );
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_asked_no_more_until_its_owner_says_so() {
    on_both(async |db| {
        let world = World::around(db, "HTTP/1.1 410 Gone\r\n\r\n").await;
        let (webhook, _) = world.hook(&["story.withdrawn"]).await;
        world.happens(&event(), Occasion::Withdrawn).await;
        world.works().await;
        assert!(one(db, webhook.id).await.unwrap().off.is_some());
        let events = ["story.withdrawn".to_owned()];
        let by = (&By::machine("ada"), world.hand.now());
        let asked = (world.url.as_str(), &events[..], true);
        let on = change(db, webhook.id, asked, by).await.unwrap();
        assert_eq!(on.off, None);
        let line = world.log(&webhook).await.remove(0);
        let again = (webhook.id, line.id);
        let line = delivery::send_again(db, again, world.hand.now())
            .await
            .unwrap();
        assert_eq!((line.state.as_str(), line.attempts), ("waiting", 0));
        assert_eq!(world.works().await, 1);
        assert_eq!(world.log(&webhook).await[0].status, Some(410));
    })
    .await;
}

#[tokio::test]
async fn old_lines_of_the_log_are_forgotten_and_a_webhook_goes_with_its_log() {
    on_both(async |db| {
        let world = World::around(db, TAKEN).await;
        let (webhook, _) = world.hook(&["story.changed"]).await;
        world.happens(&event(), Occasion::Changed).await;
        world.works().await;
        world.passes((KEPT_DAYS + 1) * 24 * 60 * 60);
        world.happens(&event(), Occasion::Changed).await;
        sweep(db, world.hand.now()).await.unwrap();
        assert_eq!(world.log(&webhook).await.len(), 1);
        remove::remove(db, webhook.id).await.unwrap();
        assert_eq!(all(db).await.unwrap(), []);
        assert_eq!(world.works().await, 1, "its job finds nothing to do");
    })
    .await;
}

#[test]
fn addresses_and_events_are_judged_when_a_webhook_is_made() {
    #[track_caller]
    fn check(url: &str, events: &[&str], key: Option<&str>) {
        let events: Vec<String> = events.iter().map(|&word| word.into()).collect();
        let refused = rules::refuse(url, &events).err();
        let has = |key| refused.as_ref().is_some_and(|no| no.has(key));
        assert!(
            key.map_or(refused.is_none(), has),
            "{url} {events:?}: {refused:?}"
        );
    }
    let good = "https://hooks.example/in";
    check(good, &["story.published", "story.published"], None);
    check(good, &[], Some("missing"));
    check(good, &["story.read"], Some("unknown-event"));
    check(
        "ftp://hooks.example/",
        &["story.changed"],
        Some("not-an-address-to-send-to"),
    );
    check(
        "https://a:b@hooks.example/",
        &["story.changed"],
        Some("not-an-address-to-send-to"),
    );
    check(
        "hooks.example",
        &["story.changed"],
        Some("not-an-address-to-send-to"),
    );
}
