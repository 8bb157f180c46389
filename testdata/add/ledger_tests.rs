// edition:2021
// A small ledger with tests: the leaf in asserts, in should_panic, in tests that return Result.
// add: Ledger::balance
// add: parse_amount
// add: Ledger::apply
use std::collections::BTreeMap;
use std::fmt;

#[derive(Debug, PartialEq, Clone)]
pub enum Fault {
    Parse(String),
    Short { needs: u64, has: u64 },
    Unknown(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Fault {}

pub fn parse_amount(text: &str) -> Result<u64, Fault> {
    let text = text.trim();
    match text.split_once('.') {
        Some((whole, cents)) if cents.len() == 2 => {
            let whole: u64 = whole.parse().map_err(|_| Fault::Parse(text.to_string()))?;
            let cents: u64 = cents.parse().map_err(|_| Fault::Parse(text.to_string()))?;
            Ok(whole * 100 + cents)
        }
        None => text.parse::<u64>().map(|n| n * 100).map_err(|_| Fault::Parse(text.to_string())),
        _ => Err(Fault::Parse(text.to_string())),
    }
}

#[derive(Debug, Default)]
pub struct Ledger {
    accounts: BTreeMap<String, u64>,
}

#[derive(Debug, Clone)]
pub enum Move {
    In(String, u64),
    Out(String, u64),
    Across(String, String, u64),
}

impl Ledger {
    pub fn balance(&self, name: &str) -> Result<u64, Fault> {
        self.accounts.get(name).copied().ok_or_else(|| Fault::Unknown(name.to_string()))
    }

    pub fn apply(&mut self, step: &Move) -> Result<u64, Fault> {
        match step {
            Move::In(name, amount) => {
                let account = self.accounts.entry(name.clone()).or_default();
                *account += amount;
                Ok(*account)
            }
            Move::Out(name, amount) => {
                let has = self.balance(name)?;
                let left = has.checked_sub(*amount).ok_or(Fault::Short { needs: *amount, has })?;
                self.accounts.insert(name.clone(), left);
                Ok(left)
            }
            Move::Across(from, to, amount) => {
                self.balance(to)?;
                self.apply(&Move::Out(from.clone(), *amount))?;
                self.apply(&Move::In(to.clone(), *amount))
            }
        }
    }

    pub fn total(&self) -> u64 {
        self.accounts.keys().filter_map(|name| self.balance(name).ok()).sum()
    }
}

fn main() {
    let mut ledger = Ledger::default();
    let steps = [Move::In("ann".into(), 500), Move::Across("ann".into(), "bob".into(), 1), Move::Out("ann".into(), 900)];
    for step in &steps {
        println!("{:?}", ledger.apply(step));
    }
    println!("{} {:?}", ledger.total(), parse_amount("3.50"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(list: &[(&str, &str)]) -> Ledger {
        let mut ledger = Ledger::default();
        for (name, amount) in list {
            let amount = parse_amount(amount).unwrap();
            ledger.apply(&Move::In(name.to_string(), amount)).unwrap();
        }
        ledger
    }

    #[test]
    fn amounts_are_read() {
        assert_eq!(parse_amount("12"), Ok(1200));
        assert_eq!(parse_amount(" 0.07 ").unwrap(), 7);
        assert!(matches!(parse_amount("1.2.3"), Err(Fault::Parse(text)) if text == "1.2.3"));
        assert!(parse_amount("x").is_err() && parse_amount("1.5").is_err(), "short {:?}", parse_amount("1.5"));
    }

    #[test]
    fn money_moves() -> Result<(), Fault> {
        let mut ledger = filled(&[("ann", "5"), ("bob", "0.50")]);
        ledger.apply(&Move::Across("ann".into(), "bob".into(), 100))?;
        assert_eq!((ledger.balance("ann")?, ledger.balance("bob")?), (400, 150));
        assert_eq!(ledger.total(), 550);
        Ok(())
    }

    #[test]
    #[should_panic(expected = "Short")]
    fn nobody_overdraws() {
        let mut ledger = filled(&[("ann", "1")]);
        ledger.apply(&Move::Out("ann".into(), 101)).unwrap();
    }

    #[test]
    fn strangers_are_refused() -> Result<(), Box<dyn std::error::Error>> {
        let ledger = filled(&[("ann", "1")]);
        for name in ["bob", "cy"] {
            assert_eq!(ledger.balance(name).unwrap_err(), Fault::Unknown(name.to_string()));
        }
        let sum: u64 = ["1", "2.50"].iter().map(|text| parse_amount(text)).sum::<Result<u64, _>>()?;
        assert_eq!(sum, 350);
        Ok(())
    }
}
