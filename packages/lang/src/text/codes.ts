/**
 * Every code a finding can have, with a paragraph for the errors page (printed from here).
 * A code is never renamed and never reused. Each room has its lines together.
 */
export const diagnosticCodes = {
  "eql/lexical": "A character or escape that no token of the language can hold.",
  "eql/syntax":
    "The tokens do not form a query. The finding points at the first token that does not fit.",
  "eql/escape":
    "A `\\u{…}` that names no character: it takes 2 to 8 hexadecimal digits, at most 10ffff, and no half of a surrogate pair.",
  "eql/old-dialect":
    "Something that the older EQL of Endgame and of the Python library has and Elasticsearch's does not: strings in single quotes, strings that start with `?`, array indexes, `descendant of`, `fork`.",
  "eql/unsupported":
    "The language knows the word, but no version of Elasticsearch runs it: `join`, and the pipes `count`, `filter`, `sort`, `unique` and `unique_count`.",
  "eql/too-deep":
    "More levels of brackets, calls, `not` and signs, or more arithmetic operators, than any query needs. Chains of `and` and `or` may be as long as you like.",
  "eql/sequence":
    "Terms that make no sequence: it takes at least two terms (`with runs` counts each repetition), at least one of them without `!`, its keys before its `maxspan`, and a `maxspan` if it has missing events; `until` cannot be a missing event.",
  "eql/sample":
    "Terms that make no sample: it takes at least two filters and at least one key, no missing events and no pipes.",
  "eql/maxspan":
    "A `maxspan` that is no time: it is a whole number of at least 1 and one of the units `ms`, `s`, `m`, `h`, `d`.",
  "eql/runs": "A `with runs` that is no whole number from 1 to 100.",
  "eql/key": "A join key (`by`) that is no field. Functions and arithmetic are not possible there.",
  "eql/key-count":
    "All terms of a sequence or sample, `until` included, must have the same number of join keys: those of the head and their own.",
  "eql/key-type":
    "Join keys at the same position have types that can never be equal, for example text in one term and a number in another.",
  "eql/pipe":
    "A pipe that does not exist, or one with wrong arguments: `head` and `tail` take one whole number.",
  "eql/unknown-field":
    "No schema names the field, and it is not marked as optional with `?`. Elasticsearch refuses such a query if no index it searches has the field. Here it is a warning, unless strict fields are asked for: the field's values then speak for themselves, and if there are none the field is absent.",
  "eql/unusable-field":
    "The field is there, but no condition can use it: an object (use its leaves), a nested object or what is below it, a text field without an exact sub-field, a range or a geographic type.",
  "eql/not-boolean":
    "A condition, or an operand of `and`, `or` and `not`, is neither true nor false: it is text or a number. Compare it with something.",
  "eql/type":
    "An operator has an operand of a type that it cannot take: arithmetic wants numbers; `:`, `like` and `regex` want text; a list wants constants of one type.",
  "eql/field-comparison":
    'Both sides of a comparison depend on fields. One of them must be constant; a function may take several fields, such as `concat(a, b) == "xy"`.',
  "eql/not-constant": "A field stands where only a constant is possible.",
  "eql/constant":
    "The field cannot take the constant: text that is no number, no address or no date. Elasticsearch lets such a query through the checks and then fails the search.",
  "eql/regex": "A regular expression that Lucene's dialect does not know.",
  "eql/unknown-function": "There is no function of that name. Names are found in any case.",
  "eql/insensitive-form":
    "A function was called with `~` and has no form that ignores case; `between`, `endsWith`, `indexOf`, `startsWith` and `stringContains` do.",
  "eql/argument-count": "A function was called with too few or too many arguments.",
  "eql/argument-type": "An argument of a function has a type that the function cannot take.",
  "eql/literal-wildcard":
    "A constant with `*` in a comparison that takes it literally: `==`, `!=` and `in` have no wildcards. Use `:` or `like`.",
  "kql/syntax":
    "The text is no KQL query. The finding points at the first thing that does not fit. There is no implicit operator: between two conditions stands `and` or `or`, with space on both sides.",
  "kql/escape":
    'A backslash in an unquoted value that takes the meaning from nothing: it can stand before `\\ ( ) : < > " * { }`, `or`, `and`, before `t`, `r`, `n` and `u` with four hexadecimal digits.',
  "kql/too-deep": "More levels of brackets than any query needs.",
  "kql/too-large":
    "A pattern of field names that matches very many fields, with very many values: more than 20,000 comparisons. Elasticsearch refuses such a query with fewer. Name the fields.",
  "kql/implicit-operator":
    "A value that goes on over the end of a line, or starts or ends with `and`, `or` or `not`: an operator is missing, or lacks its space or its other side. As written it is all one value.",
  "kql/lost-backslash":
    "`\\t`, `\\r` and `\\n` are a tab, a carriage return and a line break, inside quotes too. In a path, such as one that ends in `\\tmp`, they are seldom meant: write the backslash twice.",
  "kql/literal-wildcard":
    "A `*` in quotes, in a range or as the name of an object's field, or a `?` anywhere: these are ordinary characters. Only `*` outside of quotes is a wildcard, and nothing stands for exactly one character.",
  "kql/no-field":
    "A value without a field. Any field of an event may have it, whole and in the same case. In a rule this is seldom meant: the colon is missing, or an operator took the place of one.",
  "kql/unknown-field":
    "No schema names the field, or none matches the pattern of names. In Kibana such a condition is false for every event. Here it is a warning, unless strict fields are asked for: the field's values then speak for themselves.",
  "kql/unusable-field":
    "The field is there, but the condition cannot use it: a range or a geographic type, or a text in a range.",
  "kql/nested":
    "A field below a nested object needs `object: { field: value }` around it, so that one and the same object meets all conditions; what is not nested cannot have it.",
  "kql/constant":
    "The field cannot take the value: text that is no number, no address or no date, `null`, or a pattern for a field that is no text. Elasticsearch fails every search with it.",
  "lucene/syntax":
    "The text is no query of Lucene's classic parser: a bracket or quote that is not closed, an operator without its clause, a special character without a backslash before it. Special are `+ - ! ( ) : ^ [ ] \" { } ~ * ? \\ /`.",
  "lucene/too-deep": "More levels of brackets than any query needs.",
  "lucene/unsupported":
    'Lucene takes it, and it is not supported here: words that are almost alike (`word~`), and words near one another (`"one two"~3`).',
  "lucene/operators":
    "Operators that do not come to what they look like. Lucene's have no precedence: `AND` makes the clauses on both its sides required, and beside required clauses the others change nothing; `a OR NOT b` asks for `a` without `b`. Brackets say what belongs together.",
  "lucene/lowercase-operator":
    "`and`, `or` or `not` in small letters, which is a word like any other: operators are written in capitals. Words with only spaces between them are one text.",
  "lucene/lost-backslash":
    "A backslash before a letter or digit, where it means nothing and is left out. In values every backslash is written twice, in quotes, too.",
  "lucene/unknown-field":
    "No schema names the field, or no known field matches the pattern. A warning, unless strict fields are asked for: the field's values then speak for themselves.",
  "lucene/unusable-field":
    "The field is there, but no clause can compare it: a nested object or what is inside of one, a range or a geographic type.",
  "lucene/constant":
    "The field cannot take the value: text that is no number, no address or no date, a pattern on a number, an order on a text; or what stands behind `_exists_:` is no field.",
  "lucene/regex":
    "A regular expression that Lucene's dialect does not know, or one that the field cannot take.",
  "lucene/no-field":
    "A value without a field. As a word or pattern any field may have it, as its whole value; a range or a regular expression takes a field.",
  "lucene/no-words":
    "The field is a text, and the value holds no word. As in Elasticsearch the clause then counts as not written.",
  "lucene/ignored": "A boost (`^2`). It would order results, of which a rule has none.",
  "rule/unreadable":
    "Nothing could be read at the path: no such file or folder, no permission, no file that meets the pattern, more than 256 MB, or no text in UTF-8.",
  "rule/syntax":
    "The file is not valid TOML, JSON or YAML; of YAML no more than 2 MB and 128 levels are read. Nothing of the file, or of its line, is loaded.",
  "rule/no-rule":
    "A file that was named holds no rule, or an object between rules is neither a rule nor an exception list, an exception item, a connector or the last line of an export.",
  "rule/missing-field":
    "A parameter that every rule, or every rule of this type, must have is absent.",
  "rule/bad-value":
    "A parameter has the wrong type, or a value out of its range: `risk_score` is 0 to 100, `severity` one of low, medium, high and critical, `interval` a number with s, m, h or d, `from` and `to` date math. What only some types have is checked as well: the groups of a threshold, the history of new terms, the mapping of indicators, suppression.",
  "rule/unknown-field":
    "No schema names a field that the rule groups, counts or compares by. Its values then speak for themselves; events that lack it take no part.",
  "rule/unusable-field":
    "A field that the rule groups, counts or compares by is there, but has no values of its own: an object, a range, a geographic type. The rule does not run.",
  "rule/duplicate-id":
    "Two rules have the same `rule_id`. The first, by the order of the files, is loaded; alerts of both could not be told apart.",
  "rule/too-deep":
    "A rule nests lists and objects deeper than any rule needs; nothing of it was read.",
  "rule/incomplete-export":
    "The last line of an export counts more or fewer rules than the file holds: it was cut short or edited.",
  "rule/unknown-key":
    "A rule has a key that no rule has. It is kept and does nothing: look for a slip of the pen.",
  "rule/skipped-window":
    "A rule's runs are further apart than each of them reads: events in between are never seen.",
  "rule/no-overlap":
    "A rule's runs read exactly what lies between them, by the time of the event. An event that is stored after its window was read is missed.",
  "rule/too-large":
    "The regular expressions of a rule come to more than 400,000 characters once their repetitions (`{1,5000}`) are written out. Each by itself is small enough, all together would fill the memory. The rule does not run.",
  "rule/always-evaluated":
    'A condition asks only for what is not there (`not process.name: "a"`), or for anything. All other conditions are found by the values of an event; this one has to be evaluated for every event. With thousands of such rules a hunt gets slower. What every match has, such as a category, a source or a field with a value, makes it like the others.',
  "rule/merge-conflict":
    "A merge left marks (`<<<<<<<`, `=======`, `>>>>>>>`) around what both sides changed. The file is not read until somebody has decided.",
  "rule/short-window":
    "A sequence can last longer than what a run reads beyond the interval: in production it is missed when its first event lies before every window that holds its last. A hunt finds it and marks the alert.",
  "rule/never-true":
    "A condition that no event can meet: it is plainly false, or asks for something and for its contrary.",
  "rule/duplicate-name": "Two rules have the same name, so that their alerts look alike.",
  "rule/unknown-technique": "A tactic or technique that ATT&CK does not have.",
  "rule/revoked-technique":
    "A technique that ATT&CK has taken back. The finding names the one in its place.",
  "rule/misplaced-technique":
    "A technique under a tactic that ATT&CK does not put it under, or a sub-technique under a technique that is not its own.",
  "rule/renamed-technique": "A tactic or technique with another name than ATT&CK gives it today.",
  "filter/unsupported":
    "A filter of the rule has a clause of Elasticsearch's query DSL, or an option of one, that is not known here. Leaving it out would change what the rule means, so the rule does not run.",
  "filter/bad-value":
    "A part of a filter has the wrong type, or a value that its field cannot take: a name where there are numbers, a regular expression that is none. The rule does not run.",
  "filter/unknown-field":
    "No schema names the field of a filter. Its values then speak for themselves; where no event has it, the clause is false, and true if it is negated.",
  "filter/unusable-field":
    "The field of a filter is there, but this clause cannot use it: an object, a range, a geographic type, numbers for a pattern. The rule does not run.",
  "exception/no-exception": "A file or folder that was given for its exceptions holds none.",
  "exception/missing-field":
    "An exception item, one of its entries or a list lacks a part that it cannot do without: a field, a type, an operator, a value, the id of its list or of its rules. The item is not applied; the others are.",
  "exception/bad-value":
    "A part of an exception item has the wrong type or no meaning: an unknown type of entry, an empty value, a time that is none, a text where the field holds numbers or addresses. The item is not applied; the others are.",
  "exception/duplicate-id":
    "Two different exception items have the same `item_id`. The first, by the order of the files, is applied.",
  "exception/unknown-field":
    "No schema names the field of an entry. Its values then speak for themselves; where no event has it, the entry is false, and true if it is `excluded`.",
  "exception/unusable-field":
    "The field of an entry is there, but no entry of this type can use it: an object, a range, a geographic type. The item is not applied.",
  "exception/lost-backslash":
    "In a `wildcard` entry a backslash escapes the character behind it: `\\*` is a star itself, `\\U` is `U`. In what looks like a path this is seldom meant: write every backslash twice.",
  "exception/literal-wildcard":
    "A `*` where it is taken literally: in a `match` or `match_any` entry, or in a value list. Only `wildcard` entries have patterns.",
  "exception/missing-list":
    "A rule names an exception list that no file holds. The rule runs without it.",
  "exception/missing-value-list":
    "An entry names a value list that was not given. The item cannot be applied, so that what it should keep away raises alerts.",
  "exception/bad-list-value":
    "A value list holds values that the field of an entry cannot take, such as a name in a list of addresses. They match nothing; the others do. A list that is empty, or has no value for the field, is an error, and the item is not applied.",
  "guide/broken-button":
    "A button of an investigation guide that is none: `!{investigate{…}}` or `!{osquery{…}}` with something else than the JSON of such a query. It stays as text.",
  "guide/unknown-placeholder":
    "A guide names an entry of the rule's `[transform]` that is not there: `$investigate_2` is the third of `transform.investigate`. It stays as text.",
  "guide/query":
    "A query of an investigation guide that no alert can ask: a constant does not fit its field, such as words for a number.",
  "map/unreadable":
    "A mapping file could not be read: no such file, no permission, or no text in UTF-8. No events are read.",
  "map/syntax": "A mapping file is not valid TOML. No events are read.",
  "map/missing-key":
    "A mapping lacks something it cannot do without: `name`, `format`, the `pattern` of lines, a `[[field]]`, the `to` of a field, or one of `from` and `value`.",
  "map/unknown-key":
    "A mapping has a key that means nothing at its place: a slip of the pen, most likely.",
  "map/bad-value":
    "A value in a mapping is of the wrong type or means nothing: an unknown format or type, a date format with letters that mean nothing or without a year, a zone that does not exist.",
  "map/bad-pattern":
    "The pattern of lines cannot be read: a brace without its partner, two names with nothing between them, or a regular expression that Lucene's dialect does not know.",
  "map/unknown-field":
    "A mapping fills a field that no schema names. Rules that test the field of another name will not see it.",
  "map/no-time":
    "No field of a mapping goes to `@timestamp`. Events without a time take no part in sequences and counts.",
  "test/missing-field": "A test file or a case lacks something that it can't do without.",
  "test/bad-value": "A value in a test file that cannot be meant.",
  "test/unknown-key": "A key that test files do not have. It would test nothing.",
  "test/unreadable":
    "A file that a case names could not be read, or the rule under test does not run.",
  "test/failed": "A rule did something else than a case of its tests says.",
  "test/too-few":
    "A rule has fewer tests than asked for: with `--min-tests N`, N cases that match and N that do not.",
  "test/baseline":
    "A rule fired on events on which nothing may fire, and no entry of the list of known alerts stands for it.",
  "test/expired":
    "An entry of the list of known alerts whose time is over, or that stands for nothing any more.",
  "detect/rule-crashed":
    "The engine broke while it ran the rule. This is a fault of the program, not of the rule: please report it. The other rules ran.",
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;
