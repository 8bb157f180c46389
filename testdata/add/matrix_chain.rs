// edition:2021
// Numbers in modules: nested paths, constants, conversions, retries with early returns.
// add: numeric::inner::reduce
// add: crate::numeric::gcd
// add: matrix_chain.rs:62
use numeric::inner::{reduce, Fraction};

mod numeric {
    pub const LIMIT: i64 = 1_000;

    pub fn gcd(a: i64, b: i64) -> i64 {
        if b == 0 { a.abs() } else { gcd(b, a % b) }
    }

    pub mod inner {
        use super::{gcd, LIMIT};

        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Fraction {
            pub top: i64,
            pub bottom: i64,
        }

        pub fn reduce(fraction: Fraction) -> Fraction {
            let by = gcd(fraction.top, fraction.bottom).max(1);
            Fraction { top: fraction.top / by, bottom: fraction.bottom / by }
        }

        impl From<i64> for Fraction {
            fn from(n: i64) -> Self {
                reduce(Fraction { top: n * 2, bottom: 2 })
            }
        }

        impl std::ops::Mul for Fraction {
            type Output = Fraction;
            fn mul(self, other: Fraction) -> Fraction {
                reduce(Fraction { top: self.top * other.top, bottom: self.bottom * other.bottom })
            }
        }

        impl Fraction {
            pub fn plus(self, other: Fraction) -> Fraction {
                let sum = self.top * other.bottom + other.top * self.bottom;
                reduce(Fraction { top: sum, bottom: self.bottom * other.bottom })
            }

            pub fn checked(self) -> Option<Fraction> {
                let small = self.top.abs() < LIMIT && self.bottom < LIMIT;
                small.then(|| reduce(self))
            }

            pub fn pow(self, n: u32) -> Fraction {
                match n {
                    0 => Fraction::from(1),
                    1 => self,
                    n if n % 2 == 0 => self.pow(n / 2).square(),
                    n => self.pow(n - 1) * self,
                }
            }

            fn square(self) -> Fraction {
                self * self
            }
        }
    }
}

mod series {
    use super::numeric::inner::Fraction;
    pub(crate) fn harmonic(n: i64) -> Fraction {
        let mut sum = Fraction::from(0);
        'outer: loop {
            for k in 1..=n {
                sum = match sum.plus(Fraction { top: 1, bottom: k }).checked() {
                    Some(next) => next,
                    None => break 'outer sum,
                };
            }
            break sum;
        }
    }

    pub fn first_above(limit: Fraction, start: i64) -> Result<i64, String> {
        let mut n = start;
        let found = loop {
            let sum = harmonic(n);
            if sum.top * limit.bottom > limit.top * sum.bottom {
                break Some(n);
            }
            n += 1;
            if n > 20 {
                break None;
            }
        };
        found.ok_or_else(|| format!("{:?} is not reached", limit))
    }
}

fn convert(text: &str) -> Result<Fraction, String> {
    let parse = |part: &str| part.trim().parse::<i64>().map_err(|_| format!("bad part {part}"));
    let (top, bottom) = text.split_once('/').ok_or("no slash")?;
    let (top, bottom) = (parse(top)?, parse(bottom)?);
    if bottom == 0 {
        return Err("division by zero".into());
    }
    Ok(reduce(Fraction { top, bottom }))
}

fn main() {
    println!("{}", numeric::gcd(84, 36));
    for text in ["6/4", "10/ 5", "1/0", "x/2", "12"] {
        println!("{text}: {:?}", convert(text));
    }
    println!("{:?}", series::harmonic(5));
    println!("{:?} {:?}", series::first_above(Fraction::from(2), 1), series::first_above(Fraction::from(9), 15));
    println!("{:?}", Fraction { top: 2, bottom: 3 }.pow(5));
    let list = [Fraction { top: 2, bottom: 4 }, Fraction { top: 9, bottom: 6 }].map(reduce);
    println!("{list:?}");
    let all = ["1/2", "2/3"].iter().map(|text| convert(text)).try_fold(Fraction::from(1), |product, next| next.map(|n| product * n));
    println!("{all:?}");
}
