//! Words for the kinds of money invested in something.

use crate::model::Predicate;

/// Words that tell which kind of money is meant; a question with none of them means any.
const MONEY: [(&str, Predicate); 12] = [
    ("计划投入", Predicate::PlannedInvestment),
    ("年内", Predicate::PlannedInvestment),
    ("当年投资", Predicate::PlannedInvestment),
    ("完成了投资", Predicate::CompletedInvestment),
    ("年度投资", Predicate::PlannedInvestment),
    ("计划投资", Predicate::PlannedInvestment),
    ("年度计划", Predicate::PlannedInvestment),
    ("完成投资", Predicate::CompletedInvestment),
    ("已完成", Predicate::CompletedInvestment),
    ("总投资", Predicate::TotalInvestment),
    ("投资总额", Predicate::TotalInvestment),
    ("合计投资", Predicate::TotalInvestment),
];

/// The kinds of money that a text names.
pub fn kinds_of_money(text: &str) -> Vec<Predicate> {
    let mut named: Vec<Predicate> = Vec::new();
    for (word, by) in MONEY {
        if text.contains(word) && !named.contains(&by) {
            named.push(by);
        }
    }
    named
}

/// The kinds of money that a question asks for; all where it names none.
pub(super) fn money_asked(text: &str) -> Vec<Predicate> {
    let all = [Predicate::TotalInvestment, Predicate::PlannedInvestment, Predicate::CompletedInvestment];
    let named = kinds_of_money(text);
    if named.is_empty() { all.to_vec() } else { named }
}
