"""The map of a pathway in words: the stages of the protocol, what each offers, and this patient's way over them."""

from collections.abc import Iterator, Sequence

from app.figures.pathway_map import MapOption, MapStage
from app.figures.scale import months
from app.figures.wording import date_in_words
from app.pathway.advice import Advice, Option
from app.pathway.facts_line import DOUBLET
from app.pathway.protocol import Protocol
from app.pathway.stages import LEADS, STAGES, Band, Way, bands_of
from app.services.way import Visit
from app.ui.panels.action_words import STAGES as STAGE_WORDS
from app.ui.panels.action_words import action_words
from app.words import _, labelled

MOST_RULES = 3  # whose words stand in one tip


class MapWords:
    """Says one map: `stages()` from above."""

    def __init__(self, protocol: Protocol, advice: Advice, way: Sequence[Visit]) -> None:
        self._protocol = protocol
        self._advice = advice
        self._way = way
        self._bands = bands_of(protocol)
        self._places = {band.stage: number for number, band in enumerate(self._bands)}

    def stages(self) -> list[MapStage]:
        """Return every stage of the protocol with its options, and when the patient was there."""
        return [self._stage(band) for band in self._bands]

    def says(self) -> str:
        """Return the map in a sentence, for who cannot see it."""
        been = dict.fromkeys(_(STAGE_WORDS[one.stage]) for one in self._way)
        return _("Pathway: now {stage}. Been at: {been}.").format(
            stage=_(STAGE_WORDS[self._advice.stage]), been=", ".join(been)
        )

    def _stage(self, band: Band) -> MapStage:
        name = _(STAGE_WORDS[band.stage]) if band.stage is not None else _(band.parts[0].title)
        is_here = band.stage == self._advice.stage
        visits = [one for one in self._way if one.stage == band.stage]
        said = [_visit(one) for one in visits] or [_("Not been there.")] if band.stage is not None else []
        rules = dict.fromkeys(one.rule for one in self._advice.options) if is_here else {}
        rules |= dict.fromkeys(rule for part in band.parts for way in part.ways for rule in way.rules)
        return MapStage(
            name=name[:1].upper() + name[1:],
            number=str(STAGES.index(band.stage) + 1) if band.stage is not None else "",
            rules=tuple(rules),
            options=tuple(self._advised() if is_here else self._offered(band)),
            dates=_dates(visits, is_here=is_here),
            is_here=is_here,
            is_visited=bool(visits),
            tip="\n".join([*said, _("Asked here: {titles}").format(titles=", ".join(_titles(band)))]),
        )

    def _advised(self) -> Iterator[MapOption]:
        for option in self._advice.options:
            yield MapOption(
                action_words(option.action, option.drug),
                (option.rule,),
                self._numbers((LEADS.get(option.action),)),
                option.preferred,
                self._tip(option),
            )

    def _tip(self, option: Option) -> str:
        head = _("Preferred: {text}") if option.preferred else "{text}"
        lead = LEADS.get(option.action)
        said = [head.format(text=option.text), _("Rule {rule}").format(rule=option.rule)]
        return "\n".join([*said, *([_leads((_(STAGE_WORDS[lead]),))] if lead is not None else [])])

    def _offered(self, band: Band) -> Iterator[MapOption]:
        """Yield what a stage offers to anybody, each once; what may be preferred comes first."""
        ways = [way for part in band.parts for way in part.ways]
        said: set[str] = set()
        for way in sorted(ways, key=lambda one: not one.is_first):
            words = self._words(way)
            if words not in said:
                said.add(words)
                stages = tuple(_(STAGE_WORDS[stage]) for stage in way.leads_to)
                rules = [labelled(one, _(str(self._protocol.rules[one]["text"]))) for one in way.rules[:MOST_RULES]]
                tip = "\n".join([words, *rules, *([_leads(stages)] if stages else [])])
                yield MapOption(words, way.rules, self._numbers(way.leads_to), tip=tip)

    def _words(self, way: Way) -> str:
        drugs = [one for drug in way.drugs for one in self._drug(drug)]
        return action_words(way.action, _(" or ").join(drugs) or None)

    def _drug(self, name: str) -> tuple[str, ...]:
        """Return the drugs a symbol of the tables stands for, or what it means."""
        line = self._advice.line
        meant = {
            "current": (" + ".join(line.drugs),) if line is not None else (_("the drug that runs"),),
            "first_inhibitor": (self._protocol.first_inhibitor,),
            "novel_new": self._protocol.novel,
            "given_before": (_("a drug given before"),),
            "rechallenge": (_("an earlier inhibitor"),),
            "doublet_new": (DOUBLET,),
            "doublet_again": (DOUBLET,),
        }
        return meant.get(name, (name,))

    def _numbers(self, stages: Sequence[str | None]) -> tuple[int, ...]:
        return tuple(self._places[one] for one in STAGES if one in stages and one in self._places)


def _titles(band: Band) -> list[str]:
    return [_(part.title) for part in band.parts]


def _leads(stages: Sequence[str]) -> str:
    return _("Leads to: {stages}").format(stages=", ".join(stages))


def _visit(visit: Visit) -> str:
    """Return one time at a stage: "1 September 2011 to 5 July 2012, line 1, crizotinib"."""
    since = date_in_words(visit.since.isoformat())
    words = _("since {day}").format(day=since)
    if visit.until is not None:
        words = _("{first} to {last}").format(first=since, last=date_in_words(visit.until.isoformat()))
    if visit.line is None:
        return words
    line = _("line {number}").format(number=visit.line.number)
    return f"{words}, {line}, {' + '.join(visit.line.drugs)}"


def _dates(visits: Sequence[Visit], *, is_here: bool) -> tuple[str, ...]:
    """Return when the patient was at a stage, longest first."""
    if not visits:
        return ()
    last = visits[-1].since
    full, short = date_in_words(last.isoformat()), f"{months()[last.month - 1]} {last.year}"
    if is_here:
        return (_("here since {day}").format(day=full), _("here, {month}").format(month=short), short)
    if len(visits) == 1:
        return full, short
    return _("{count} times, last {day}").format(count=len(visits), day=full), f"{len(visits)} × {short}", short
