// edition:2021
// A tiny world of entities: IndexMut, generic queries with FnMut, PhantomData handles, Cow, macro-made impls.
// add: World::get_mut
// add: Component::weight
// add: damage
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Handle<T> {
    id: u32,
    kind: PhantomData<T>,
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Handle<T> {}

trait Component: Default {
    const LABEL: &'static str;
    fn weight(&self) -> u32;
    fn label(&self) -> Cow<'static, str> {
        if self.weight() > 10 { Cow::Owned(format!("heavy {}", Self::LABEL)) } else { Cow::Borrowed(Self::LABEL) }
    }
}

macro_rules! component {
    ($name:ident { $($field:ident: $type:ty),* } weighs |$this:ident| $weight:expr) => {
        #[derive(Debug, Default, Clone)]
        struct $name {
            $($field: $type),*
        }
        impl Component for $name {
            const LABEL: &'static str = stringify!($name);
            fn weight(&self) -> u32 {
                let $this = self;
                $weight
            }
        }
    };
}

#[derive(Debug, Clone)]
struct Knight {
    health: i32,
    armour: u32,
}

impl Default for Knight {
    fn default() -> Self {
        Knight { health: 10 - damage(3, 1), armour: 4 }
    }
}

impl Component for Knight {
    const LABEL: &'static str = "knight";
    fn weight(&self) -> u32 {
        8 + self.armour
    }
}

#[derive(Debug, Default, Clone)]
struct Rock {
    size: u32,
}

impl Component for Rock {
    const LABEL: &'static str = "rock";
    fn weight(&self) -> u32 {
        self.size * 3
    }
    fn label(&self) -> Cow<'static, str> {
        Cow::from("rock") + if self.weight() % 2 == 0 { "!" } else { "" }
    }
}

fn damage(hit: i32, armour: u32) -> i32 {
    (hit - armour as i32).max(0)
}

struct World<T: Component> {
    items: BTreeMap<u32, T>,
    next: u32,
    looks: usize,
}

impl<T: Component> World<T> {
    fn new() -> Self {
        World { items: BTreeMap::new(), next: 1, looks: 0 }
    }

    fn spawn(&mut self, item: T) -> Handle<T> {
        let id = self.next;
        self.next += 1 + item.weight() % 2;
        self.items.insert(id, item);
        Handle { id, kind: PhantomData }
    }

    fn get_mut(&mut self, handle: Handle<T>) -> Option<&mut T> {
        self.looks += 1;
        self.items.get_mut(&handle.id)
    }

    fn update<R>(&mut self, handle: Handle<T>, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.get_mut(handle).map(change)
    }

    fn each(&mut self, mut visit: impl FnMut(u32, &mut T) -> bool) -> usize {
        let mut visited = 0;
        for (id, item) in self.items.iter_mut() {
            visited += 1;
            if !visit(*id, item) {
                break;
            }
        }
        visited
    }

    fn heaviest(&self) -> Option<(u32, &T)> {
        self.items.iter().max_by_key(|(_, item)| item.weight()).map(|(id, item)| (*id, item))
    }

    fn total(&self) -> u32 {
        self.items.values().map(Component::weight).sum()
    }
}

impl<T: Component> Index<Handle<T>> for World<T> {
    type Output = T;
    fn index(&self, handle: Handle<T>) -> &T {
        &self.items[&handle.id]
    }
}

impl<T: Component> IndexMut<Handle<T>> for World<T> {
    fn index_mut(&mut self, handle: Handle<T>) -> &mut T {
        self.get_mut(handle).expect("alive")
    }
}

fn battle(world: &mut World<Knight>, hits: &[i32]) -> Vec<u32> {
    let mut fallen = Vec::new();
    for hit in hits {
        world.each(|id, knight| {
            knight.health -= damage(*hit, knight.armour);
            if knight.health <= 0 && !fallen.contains(&id) {
                fallen.push(id);
            }
            knight.health > -5
        });
    }
    world.items.retain(|_, knight| knight.health > 0 || damage(1, knight.armour) > 0);
    fallen
}

fn main() {
    let mut world = World::new();
    let a = world.spawn(Knight::default());
    let b = world.spawn(Knight { health: 30, armour: 1 });
    println!("{:?} {:?} {}", a.id, world[b], world.total());
    println!("{:?}", world.update(a, |knight| std::mem::replace(&mut knight.health, 12)));
    world[b].armour += 2;
    println!("{:?} {}", world[b].label(), world[a].label());
    if let Some(Knight { health, .. }) = world.get_mut(a) {
        *health += 1;
    }
    println!("{:?}", battle(&mut world, &[9, 3, 7, 8]));
    println!("{:?} looks {}", world.heaviest().map(|(id, knight)| (id, knight.health)), world.looks);
    let mut rocks: World<Rock> = World::new();
    let handles: Vec<Handle<Rock>> = (1..5).map(|size| rocks.spawn(Rock { size })).collect();
    println!("{}", handles.iter().map(|handle| rocks[*handle].label()).collect::<Vec<_>>().join(","));
    println!("{:?} {}", rocks.heaviest(), rocks.total());
    component!(Cart { wheels: u32 } weighs |cart| cart.wheels + 1);
    println!("{} {}", Cart { wheels: 20 }.label(), Cart::default().weight());
}
