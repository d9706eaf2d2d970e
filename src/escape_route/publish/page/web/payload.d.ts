/* The one seam between Python and JavaScript: what payload.py writes into the page and journey.js reads.
   Lengths in kilometres, angles in degrees, positions [lon_deg, lat_deg]. Texts are per language; journey text only ever enters by textContent. */

/** language tag -> text, in at least one language */
type Texts = Record<string, string>;
type Position = [number, number];
/** a word of a table in model/vocabulary.py, modes.py or units.py; what is said for it is among the words */
type Word = string;
type Flight = "yes" | "no" | "unknown";
type VerdictName =
  | "insufficient"
  | "impossible_short"
  | "below_plausible"
  | "consistent"
  | "above_plausible"
  | "not_comparable";

interface Payload {
  program: { name: string; version: string };
  /** languages that every interface word has, first is the default */
  languages: string[];
  /** first and last year of all journeys; empty where none is told */
  when: Texts;
  /** words of the page: key -> Texts, from language/words/*.json; "page." is left out of a key, and its dots are underlines */
  words: Record<string, Texts>;
  /** the first is the page's own; others are laid beside it */
  journeys: JourneyPayload[];
  /** what whoever sees the page is told first: it shows places as they are held, or is a preview */
  mark: "unprotected" | "preview" | null;
  /** outlines of the countries that the map shows: the first corner in tenths of a degree, and the steps from there on */
  sides: Record<string, number[][]>;
  sides_per_deg: number;
  /** what the map shows for orientation; a capital has a dot, and none lies in a country that was told of */
  names: { kind: string; name: Texts; at: Position; code: string }[];
  /** files that the page offers, in the HTML itself; empty or missing where there are none */
  downloads?: { name: string; mime: string; text: string; sha256: string }[];
  /** a short list of places to lay the journey out from; put in by assembly.py from web/cities.json */
  cities?: { name: Texts; at: Position }[];
}

/** what names sources, and where in them it stands by their ids: a page, a folio, 00:14:32 */
interface Citing {
  sources: string[];
  sources_at: Record<string, string>;
}

interface JourneyPayload {
  id: string;
  title: Texts;
  subject: Texts | null;
  summary: Texts;
  /** a sentence shown before anything else; such a journey does not play by itself and has no "from where you live" */
  care: Texts | null;
  people: number | null;
  outcome: Word;
  /** how it ended short of where it led, in words */
  ended: Texts | null;
  notes: (Citing & { text: Texts })[];
  /** numbered 1.. in the order of first use */
  sources: {
    id: string;
    number: number;
    title: string;
    /** in short: who published it */
    called: string;
    url: string | null;
    /** what it is: a word of the vocabulary, said by `source_<word>` */
    kind: Word | null;
    language: string | null;
    note: string | null;
  }[];
  /** the one date that it tells, or its first and last year; empty where none is told */
  when: Texts;
  waypoints: WaypointPayload[];
  /** leg k arrives at waypoint k + 1 */
  legs: LegPayload[];
  claims: ClaimPayload[];
  scopes: ScopePayload[];
  /** a sentence for the whole, the first thing that the check says */
  finding: Texts;
  /** what the finding hangs on; may be empty */
  finding_aside: Texts;
  method: MethodPayload;
  /** what the page says first; null: its title */
  headline: Texts | null;
  /** the first sentences of the summary, 45 words at the most */
  standfirst: Texts | null;
  /** its first sentence, for small frames */
  lead: Texts | null;
  /** how many travelled, where it was not one alone */
  people_said: Texts | null;
  /** how far the last place is from the first at the most, where the headline says it */
  apart_km: number | null;
  /** meridian that the maps are drawn around: 0, or that of a journey that lies across 180 degrees */
  middle_deg: number;
  /** index of the scope that the finding speaks of */
  leading: number;
}

interface WaypointPayload {
  id: string;
  /** 1.. as shown */
  number: number;
  name: Texts;
  role: Word;
  precision: Word;
  status: Word;
  /** EDTF */
  when: string | null;
  /** the same in words: spring 1945 */
  when_said: Texts | null;
  /** how long one stayed, in words */
  stayed: Texts | null;
  withheld: boolean;
  /** where its name hangs; null where there is none */
  label: Position | null;
  /** true where a point was published as the place itself (a pin is honest); false for label points, footprints and discs */
  pin: boolean;
  /** radius of a disc, else null */
  uncertainty_km: number | null;
  /** the same in words, in the unit that it was told in */
  within_said: Texts | null;
  /** the radius alone, of what is drawn */
  radius_said: Texts | null;
  footprints: { ref: string; name: Texts }[];
  within: string[];
  /** [west, south, east, north] of all that is known of the place; null where nothing is */
  bbox: [number, number, number, number] | null;
  narration: Record<string, (Citing & { text: string })[]>;
  sources: string[];
  /** where in each of them, by its id */
  sources_at: Record<string, string>;
  /** what was made coarser, and what was left out, as the file has it, in English */
  coarser: Text | null;
  scene: { kind: Word; count: number | null; sources: string[] } | null;
  quote: { text: Texts; speaker: Texts; sources: string[] } | null;
  /** what it holds stands in the page itself: no address is here */
  image: { width: number; height: number; alt: Texts; credit: string } | null;
  audio: { transcript: Texts; credit: string } | null;
  /** where its name hangs without a label point */
  hang: Position | null;
  /** where its number stands once more: on the other parts of a place that is one of several */
  again: Position[];
  /** rings that its name must not lie in: the other side of a border */
  avoid: string[];
  /** of the first and the last place: the code of its country, which names it where there is little room */
  brief: string | null;
}

interface LegPayload {
  /** waypoint ids */
  from: string;
  to: string;
  told: boolean;
  traced: boolean;
  /** the line was drawn and not recorded: a hint of the way, and not what is measured */
  sketched: boolean;
  /** geodesic between label points, or the track's length; null where it cannot be measured */
  length_km: number | null;
  /** initial bearing, clockwise from north */
  bearing_deg: number | null;
  /** an end is told as a country, a river or a disc: "between label points, nobody's way" */
  vague: boolean;
  /** weakest status of its ends and mode */
  status: Word;
  modes: { mode: Word; weight: number; status: Word; told: string | null }[];
  modes_are: "alternatives" | "parts";
  /** the country in which it lies, "not said", or null where unmeasured */
  country: string | null;
  /** densified geodesic, cut at the antimeridian: a list of parts */
  line: Position[][];
  plausible_km: Interval | null;
  /** what it rests on, and where in that */
  sources: string[];
  sources_at: Record<string, string>;
}

interface Interval {
  median: number;
  low50: number;
  high50: number;
  low95: number;
  high95: number;
}

interface ScopePayload {
  /** e.g. "ro-0..ro-7,no" */
  id: string;
  from: string;
  to: string;
  flight: Flight;
  /** "to Thailand" */
  label: Texts;
  /** certified lower bound; null where there are fewer than two located places */
  lower_bound_km: number | null;
  shortest: { length_km: number; sampling_error_km: number /** broken inside footprints */; line: Position[][] } | null;
  /** geodesic chain of label points; null where it has holes in its middle */
  chain_km: number | null;
  /** number of the waypoint from which the chain is complete, null where there is no chain */
  chain_from: number | null;
  plausible_km: Interval | null;
  /** the 95 % of it in words, below a kilometre in metres */
  likely: Texts | null;
  claims: string[];
  /** shortest way on today's networks, null where nobody asked; a length of null says why in `said` */
  network: { length_km: number | null; tick: Texts | null; said: Texts } | null;
  /** two cities as far apart as the lower bound */
  felt: { one: Texts; other: Texts; length_km: number } | null;
}

interface ClaimPayload {
  id: string;
  quantity: Word;
  value: number;
  unit: string | null;
  /** in the words and the unit that it was stated in */
  stated: Texts;
  value_km: number | null;
  /** where all lengths from it on are told, or all up to it */
  reaches: "above" | "below" | null;
  wording: Word;
  scope: { from: string; to: string; flight: Flight };
  /** id of the scope it is judged in (flight unknown: one of two, the other in also_scope) */
  scope_id: string | null;
  also_scope_id: string | null;
  sources: string[];
  sources_at: Record<string, string>;
  verdict: VerdictName | null;
  also_verdict: VerdictName | null;
  /** the verdict with how firm it is: "unexplained, depends on where the way lay" */
  said: Texts | null;
  also_said: Texts | null;
  /** the claim over the median of the plausible length */
  ratio: number | null;
  /** how far it lies outside what is plausible, as its sentence says it; null where within */
  unexplained_km: number | null;
  /** one sentence: what was stated, how it compares, what would have to be true */
  sentence: Texts;
  /** how long its unit was taken to be, and what contradicts it; may be empty */
  more: Texts;
  note: Texts | null;
  /** what it is compared with, and what the verdict hangs on; may be empty */
  why: Texts | null;
  /** another part of the journey that the number fits */
  fits_in: Texts | null;
  /** the claims that contradict it and are only counted in `more` */
  rest: Texts | null;
  /** what fits there */
  fits_why: Texts | null;
}

interface MethodPayload {
  seed: number;
  draws_kept: number;
  draws_proposed: number;
  /** set for this run; null: as estimated for each mode */
  rho: number | null;
  /** of known journeys that nothing was fitted to, how many such intervals held */
  calibration: { held: number; known: number };
  where: string;
  priors: { mode: Word; median_factor: number; low90: number; high90: number; judgement: boolean; basis: string }[];
  /** largest difference between the two geodesic engines, nanometres */
  engines_differ_nm: number;
}
