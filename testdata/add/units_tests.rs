// edition:2024
// Unit conversion as a library with tests; From and Add implementations call the leaf.
// add: Unit::factor
// add: round_to
use std::ops::Add;
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    Milli,
    Centi,
    Metre,
    Kilo,
}

impl Unit {
    pub const ALL: [Unit; 4] = [Unit::Milli, Unit::Centi, Unit::Metre, Unit::Kilo];

    pub fn factor(self) -> f64 {
        match self {
            Unit::Milli => 0.001,
            Unit::Centi => 0.01,
            Unit::Metre => 1.0,
            Unit::Kilo => 1000.0,
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }

    fn name(self) -> &'static str {
        ["mm", "cm", "m", "km"][self as usize]
    }
}

pub fn round_to(value: f64, digits: u32) -> f64 {
    let scale = 10f64.powi(digits as i32);
    (value * scale).round() / scale
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    value: f64,
    unit: Unit,
}

impl Length {
    pub fn new(value: f64, unit: Unit) -> Self {
        Length { value, unit }
    }

    pub fn metres(&self) -> f64 {
        self.value * self.unit.factor()
    }

    pub fn to(self, unit: Unit) -> Self {
        Length { value: round_to(self.metres() / unit.factor(), 6), unit }
    }

    pub fn best(self) -> Self {
        Unit::ALL
            .iter()
            .rev()
            .map(|unit| self.to(*unit))
            .find(|length| length.value >= 1.0)
            .unwrap_or_else(|| self.to(Unit::Milli))
    }
}

impl Add for Length {
    type Output = Length;

    fn add(self, other: Length) -> Length {
        Length::new(self.value + other.metres() / self.unit.factor(), self.unit)
    }
}

impl From<Length> for f64 {
    fn from(length: Length) -> f64 {
        length.metres()
    }
}

impl FromStr for Length {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let split = text.find(|c: char| c.is_alphabetic()).ok_or("no unit")?;
        let (number, unit) = text.split_at(split);
        let unit = Unit::named(unit).ok_or_else(|| format!("no unit {unit}"))?;
        let value = number.trim().parse().map_err(|_| format!("no number {number}"))?;
        Ok(Length::new(value, unit))
    }
}

fn main() {
    let sum = Length::new(1.0, Unit::Kilo) + Length::new(25.0, Unit::Metre);
    println!("{:?} {:?}", sum, f64::from(sum));
    for text in ["1500m", "0.2 cm", "3", "5 miles", "x m"] {
        println!("{:?}", text.parse::<Length>().map(Length::best));
    }
    println!("{}", round_to(2.0 / 3.0, 3));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn factors_grow() {
        assert!(Unit::ALL.windows(2).all(|pair| pair[0].factor() < pair[1].factor()));
    }

    #[test]
    fn there_and_back() {
        for unit in Unit::ALL {
            let length = Length::new(2.5, Unit::Metre).to(unit);
            assert!(close(length.metres(), 2.5), "{length:?}");
            assert_eq!(length.to(Unit::Metre), Length::new(2.5, Unit::Metre));
        }
    }

    #[test]
    fn rounded() {
        assert_eq!(round_to(1.2345, 2), 1.23);
    }

    #[test]
    #[ignore]
    fn slow() {
        assert_eq!(round_to(0.5, 0), 1.0);
    }
}
