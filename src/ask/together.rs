//! Sums and figures of two things that a question names, each looked up by itself: 甲和乙的总投资合计多少.

use super::Reply;
use super::answer::Answer;
use super::figure;
use crate::message::Lang;

/// What may stand between the two.
const JOINTS: [&str; 8] = ["和", "与", "跟", "同", "、", "以及", "还是", "或"];
/// What asks for both together.
const TOGETHER: [&str; 10] = ["合计", "加起来", "一共", "总共", "之和", "总和", "共计", "累计", "总计", "共"];

/// The question for each of two things that it names; `None` where they do not stand side by side.
pub fn sides(question: &str, both: &[String; 2]) -> Option<[String; 2]> {
    let [first, second] = both;
    let pair = JOINTS.iter().map(|joint| format!("{first}{joint}{second}")).find(|pair| question.contains(pair))?;
    let side = |name: &String| {
        let whole = question.replacen(&pair, name, 1);
        TOGETHER.iter().fold(whole, |text, word| text.replace(word, ""))
    };
    Some([side(first), side(second)])
}

/// The sum of what is told of each side, where each tells one value and both are of one unit.
pub fn added(replies: &[Reply; 2], both: &[String; 2], lang: Lang) -> Option<Answer> {
    let ([one], [other]) = (&replies[0].answers[..], &replies[1].answers[..]) else { return None };
    let value = one.value?.checked_add(other.value?)?;
    if one.unit != other.unit || one.unit.as_deref() == Some("%") {
        return None;
    }
    let label = figure::written(value, None, one.unit.as_deref(), None, lang);
    let about = format!("{} {} + {} {}", both[0], one.label, both[1], other.label);
    let evidence = one.evidence.iter().chain(&other.evidence).cloned().collect();
    Some(Answer {
        label,
        value: Some(value),
        unit: one.unit.clone(),
        about: Some(about),
        evidence,
        ..Answer::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_side_is_a_question() {
        let both = ["甲区".to_owned(), "乙区".to_owned()];
        let found = sides("甲区和乙区的总投资合计多少", &both);
        assert_eq!(found, Some(["甲区的总投资多少".to_owned(), "乙区的总投资多少".to_owned()]));
        assert_eq!(sides("甲区比乙区的总投资多多少", &both), None);
    }
}
