// edition:2021
// Accounts with associated types, static trait functions, supertraits and blanket impls.
// add: Ledger::post
// add: Currency::rate
// add: checksum
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Display};
use std::marker::PhantomData;

trait Currency: Debug + Copy {
    const NAME: &'static str;
    fn rate() -> u64;
    fn show(amount: u64) -> String {
        format!("{} {} at {}", amount, Self::NAME, Self::rate())
    }
}

#[derive(Debug, Clone, Copy)]
struct Gold;
#[derive(Debug, Clone, Copy)]
struct Silver;

impl Currency for Gold {
    const NAME: &'static str = "gold";
    fn rate() -> u64 {
        100
    }
}

impl Currency for Silver {
    const NAME: &'static str = "silver";
    fn rate() -> u64 {
        Gold::rate() / 20
    }
    fn show(amount: u64) -> String {
        format!("{amount}s")
    }
}

#[derive(Debug, Clone, Copy)]
struct Money<C: Currency> {
    amount: u64,
    currency: PhantomData<C>,
}

impl<C: Currency> Money<C> {
    fn new(amount: u64) -> Self {
        Money { amount, currency: PhantomData }
    }

    fn worth(&self) -> u64 {
        self.amount * C::rate()
    }

    fn exchange<D: Currency>(self) -> Money<D> {
        Money::new(self.worth() / D::rate())
    }
}

trait Named {
    fn name(&self) -> String;
}

trait Ledger: Named {
    type Entry: Display + Clone;
    type Error: Debug;

    fn post(&mut self, from: &str, to: &str, amount: u64) -> Result<Self::Entry, Self::Error>;
    fn entries(&self) -> &[Self::Entry];

    fn post_all(&mut self, list: &[(&str, &str, u64)]) -> Vec<Result<Self::Entry, Self::Error>> {
        list.iter().map(|(from, to, amount)| self.post(from, to, *amount)).collect()
    }
}

trait Audit {
    fn audit(&self) -> String;
}

impl<L: Ledger> Audit for L {
    fn audit(&self) -> String {
        let lines: Vec<String> = self
            .entries()
            .iter()
            .enumerate()
            .map(|(index, entry)| format!("{index}:{}", checksum(&entry.to_string())))
            .collect();
        format!("{} [{}]", self.name(), lines.join(" "))
    }
}

fn checksum(text: &str) -> u32 {
    let mut sum = 0u32;
    for byte in text.bytes() {
        sum = sum.rotate_left(3) ^ u32::from(byte);
    }
    sum % 997
}

#[derive(Clone)]
struct Transfer {
    from: String,
    to: String,
    amount: u64,
}

impl Display for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}->{}:{}#{}", self.from, self.to, self.amount, checksum(&self.from))
    }
}

#[derive(Debug)]
enum BankError {
    Unknown(String),
    Poor { has: u64, needs: u64 },
}

#[derive(Default)]
struct Bank {
    accounts: BTreeMap<String, u64>,
    log: Vec<Transfer>,
}

impl Named for Bank {
    fn name(&self) -> String {
        format!("bank of {}", self.accounts.len())
    }
}

impl Ledger for Bank {
    type Entry = Transfer;
    type Error = BankError;

    fn post(&mut self, from: &str, to: &str, amount: u64) -> Result<Transfer, BankError> {
        let has = *self.accounts.get(from).ok_or_else(|| BankError::Unknown(from.into()))?;
        if !self.accounts.contains_key(to) {
            return Err(BankError::Unknown(to.into()));
        }
        let left = has.checked_sub(amount).ok_or(BankError::Poor { has, needs: amount })?;
        self.accounts.insert(from.into(), left);
        *self.accounts.get_mut(to).unwrap() += amount;
        let entry = Transfer { from: from.into(), to: to.into(), amount };
        self.log.push(entry.clone());
        Ok(entry)
    }

    fn entries(&self) -> &[Transfer] {
        &self.log
    }
}

struct Echo(Vec<String>);

impl Named for Echo {
    fn name(&self) -> String {
        "echo".into()
    }
}

impl Ledger for Echo {
    type Entry = String;
    type Error = ();

    fn post(&mut self, from: &str, _: &str, amount: u64) -> Result<String, ()> {
        if amount == 0 {
            return Err(());
        }
        self.0.push(from.repeat(amount as usize));
        self.0.last().cloned().ok_or(())
    }

    fn entries(&self) -> &[String] {
        &self.0
    }
}

fn settle<L: Ledger>(ledger: &mut L, rounds: u64) -> usize {
    let mut done = 0;
    for round in 0..rounds {
        if let Ok(entry) = ledger.post("ann", "bob", round) {
            done += 1;
            println!("  {entry}");
        }
    }
    done
}

fn main() {
    let mut bank = Bank::default();
    bank.accounts.extend([("ann".to_string(), 9), ("bob".to_string(), 1)]);
    println!("{}", settle(&mut bank, 6));
    for result in bank.post_all(&[("bob", "ann", 3), ("zed", "ann", 1), ("ann", "bob", 90)]) {
        match result {
            Ok(entry) => println!("{entry}"),
            Err(error) => println!("{error:?}"),
        }
    }
    let mut echo = Echo(Vec::new());
    println!("{}", settle(&mut echo, 3));
    println!("{}\n{}", bank.audit(), echo.audit());
    let money: Money<Gold> = Money::new(3);
    let silver = money.exchange::<Silver>();
    println!("{} {} {}", money.worth(), silver.amount, silver.worth());
    println!("{} | {}", Gold::show(2), <Silver as Currency>::show(5));
}
