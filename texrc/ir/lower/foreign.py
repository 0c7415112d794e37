"""Words of statistics packages and programming languages, and what says the same here."""

from __future__ import annotations

_FAMILIES = {
    "normal": "gaussian gauss norm dnorm rnorm truncated_normal truncnorm",
    "lognormal": "lognorm log_normal dlnorm rlnorm",
    "uniform": "unif dunif runif randint discrete_uniform uniform_int",
    "exponential": "expon dexp rexp",
    "gamma": "dgamma rgamma",
    "beta": "dbeta rbeta",
    "student_t": "t student students_t studentt dt",
    "triangular": "triangle triang",
    "poisson": "pois dpois rpois",
    "binomial": "binom dbinom rbinom",
    "negative_binomial": "nbinom neg_binomial negbin dnbinom rnbinom neg_binomial_2",
    "mix": "mixture",
    "logit": "inv_logit invlogit logistic sigmoid expit plogis bernoulli_logit",
    "softmax": "categorical_logit multinomial_logit",
}
FAMILY_NAMES = {word: name for name, words in _FAMILIES.items() for word in words.split()}
"""What families, and the forms for labels, are called elsewhere."""

LISTS = frozenset(
    {"bernoulli", "categorical", "discrete", "choice", "multinomial", "dirichlet", "probabilities"}
)
"""Distributions over labels, which need no name here."""

CHOICES = frozenset({"if", "ifelse", "if_else", "iif", "where", "case", "case_when", "cond"})

FUNCTION_HELPS = {
    **dict.fromkeys(CHOICES, "`[x = label]` is 1 where it holds and 0 elsewhere: multiply by it"),
    "ln": "the natural logarithm is `log(x)`",
    "log10": "the logarithm to the base 10 is `log(x)/log(10)`",
    "log2": "the logarithm to the base 2 is `log(x)/log(2)`",
    "pow": "a power is written `x ** y`",
    "power": "a power is written `x ** y`",
    "square": "a square is written `x ** 2`",
    "round": "`floor(x + 0.5)` rounds",
    "int": "`floor(x)` is the whole number at or below x",
    "ceil": "`-floor(-x)` is the whole number at or above x",
    "ceiling": "`-floor(-x)` is the whole number at or above x",
    "sum": "a sum is written `x + y`",
    "mean": "a mean is written `(x + y)/2`",
    "sigmoid": "write `1/(1 + exp(-x))`",
    "logistic": "write `1/(1 + exp(-x))`",
    "inv_logit": "write `1/(1 + exp(-x))`",
    "expit": "write `1/(1 + exp(-x))`",
}
"""Functions of other languages, with how to write them."""

ANYTHING = frozenset({"default", "otherwise", "else", "any", "all", "other", "others", "rest"})
"""Keys that stand for all that is left; here `_` does."""

_TRUTHS = {"no": "false f n 0", "yes": "true t y 1"}
TRUTH_LABELS = {word: label for label, words in _TRUTHS.items() for word in words.split()}
"""What the labels of a boolean are called elsewhere."""
