//! A map in many shared parts: the next edition copies only the part it changes.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::Arc,
};

/// How many parts. With 100,000 stories a change copies some 400 entries instead of all.
const PARTS: usize = 256;

/// A map that is cheap to clone and cheap to change a little.
#[derive(Clone)]
pub(super) struct Shards<K, V> {
    parts: Arc<[Part<K, V>]>,
    hasher: RandomState,
}

type Part<K, V> = Arc<HashMap<K, V>>;

impl<K, V> Default for Shards<K, V> {
    fn default() -> Self {
        let parts = (0..PARTS).map(|_| Part::default()).collect();
        Self {
            parts,
            hasher: RandomState::new(),
        }
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Shards<K, V> {
    pub(super) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.parts[self.part(key)].get(key)
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        let part = self.part(&key);
        self.part_mut(part).insert(key, value);
    }

    pub(super) fn remove<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let part = self.part(key);
        self.part_mut(part).remove(key)
    }

    /// Changes the value under `key`, which begins as its default.
    pub(super) fn change(&mut self, key: K, change: impl FnOnce(&mut V))
    where
        V: Default,
    {
        let part = self.part(&key);
        change(self.part_mut(part).entry(key).or_default());
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.parts.iter().flat_map(|part| part.iter())
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.parts.iter().flat_map(|part| part.values())
    }

    fn part<Q: Hash + ?Sized>(&self, key: &Q) -> usize {
        self.hasher.hash_one(key) as usize % PARTS
    }

    fn part_mut(&mut self, part: usize) -> &mut HashMap<K, V> {
        Arc::make_mut(&mut Arc::make_mut(&mut self.parts)[part])
    }
}
