import { answerFor, choices } from "./answer.js";
import { addressOf, writeQuestion } from "./address.js";
import { ask, isGivenUp, Refusal } from "./ask.js";
import { actions } from "./actions.js";
import { config } from "./config.js";
import { asOf, dayAsked, goToDay, missingOnDay } from "./day.js";
import { el } from "./dom.js";
import { featureFacts, featureName, latestReadings } from "./feature.js";
import { date } from "./format.js";
import { askHouse, houseFacts, houseName, missingHouse, withoutLot } from "./house.js";
import { askKept, keptBanner } from "./kept.js";
import { lastAnswer, lastTitle, rememberAnswer, rememberedBanner } from "./last.js";
import { showFailure, showLoading, showMissing, showPanel } from "./panel.js";
import { pointOut } from "./pointed.js";
import { askBody, askPlans, exactly, todayAgain } from "./plans.js";
import { signingSection } from "./signing.js";
import { siteFor } from "./site.js";
import { t } from "./texts.js";
import { unitToday } from "./unit.js";

/**
 * From a question to what is shown: one at a time, the last one wins.
 * @param {ReturnType<import("./ground.js").makeGround>} ground
 * @param {Promise<any[]>} whenLegend entries of the legend
 */
export function makeInquiry(ground, whenLegend) {
  let running = new AbortController();

  /** @param {import("./address.js").Question} question @param {{move?: boolean, focus?: boolean, again?: boolean}} [how] */
  async function look(question, how = {}) {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    writeQuestion(question, { replace: how.again });
    showLoading();
    try {
      if (question.feature?.layer === config.houses) await lookAtHouse(question, how, signal);
      else if (question.feature && question.feature.layer !== config.parcels) await lookAtFeature(question.feature, how, signal);
      else if (question.answer) await lookAtKept(question, how, signal);
      else await lookAtParcels(question, how, signal);
    } catch (fault) {
      if (isGivenUp(fault) || signal.aborted) return;
      if (!(fault instanceof Refusal)) throw fault;
      refused(fault, question, how);
    }
  }

  async function refused(fault, question, how) {
    const missing = fault.status === 404;
    const last = fault.status === 0 ? lastAnswer() : null;
    if (last?.address === addressOf(question, "")) return showLast(last, question, how);
    if (question.point) ground.light([{ type: "Point", coordinates: question.point }], { quiet: missing });
    else ground.dark();
    const told = (question.feature && missingOnDay()) || fault.message;
    if (missing && question.address && await lookedFor(fault, question)) return null;
    if (missing) return showMissing(t(question.point ? "missing.ground" : "missing.title"), told, anotherDay(fault, question) ?? elsewhere(question));
    const other = last && { text: lastTitle(last), open: () => showLast(last, question, how) };
    return showFailure(fault.message, () => look(question, how), other);
  }

  /** A number that a street does not have: the street and the numbers beside it are what to try. */
  async function lookedFor(fault, { address }) {
    const { signal } = running;
    const told = await missingHouse(fault.problem, address, signal, (feature) => look({ feature }, { move: true, focus: true }));
    if (told && !signal.aborted) showPanel(told.title, told.content, { state: "missing", focus: true, said: t("house.missing_text") });
    return told !== null || signal.aborted;
  }

  /** Before all data its first day is what can help; of what is not there on a day of the past, today. */
  function anotherDay({ problem }, question) {
    if (!dayAsked()) return null;
    const { begins } = problem ?? {};
    if (begins) return { text: t("day.first", { date: date(begins) }), open: () => goToDay(begins) };
    return question.feature ? { text: t("day.back"), open: () => goToDay(null) } : null;
  }

  /** A number that the unit does not know may be known in another: people take today's unit for that of the paper. */
  function elsewhere({ unit, sheet, parcel, feature }) {
    if (!unit || feature) return null;
    return { text: t("missing.without_unit"), open: () => look({ sheet, parcel }, { move: true, focus: true }) };
  }

  async function lookAtParcels(question, how, signal) {
    const [answer, legend] = await Promise.all([askPlans(question, signal), whenLegend]);
    if (answer.ambiguous) return showChoices(answer, question, how, legend);
    if (answer.parcels.length > 1) return showSite(answer, how, { question, legend });
    const [parcel] = answer.parcels;
    const meant = (question.sheet || question.address) && !question.feature ? question : exactly(parcel);
    writeQuestion(meant, { replace: true });
    showParcel(answer, parcel, how, { question: meant, legend });
  }

  /** A house is asked for what its lot is asked for; what is known of its number stands below. */
  async function lookAtHouse(question, how, signal) {
    const { layer, feature } = await readFeature(question.feature, signal);
    const [answer, legend] = await Promise.all([askHouse(feature, signal), whenLegend]);
    if (!answer) {
      ground.light([feature.geometry], how);
      return showPanel(featureName(layer, feature), [...withoutLot(layer, feature), actions(ground, null)], { focus: how.focus, state: "feature" });
    }
    if (answer.ambiguous || answer.parcels.length > 1) return showChoices(answer, question, how, legend);
    return showParcel(answer, answer.parcels[0], how, { question, legend, house: { layer, feature } });
  }

  async function lookAtKept(question, how, signal) {
    const [answer, legend] = await Promise.all([askKept(question.answer, signal), whenLegend]);
    const banner = () => {
      const whole = document.createDocumentFragment();
      whole.append(keptBanner(answer, () => look(todayAgain(answer), { focus: true, move: how.move })));
      if (config.account?.signs) whole.append(signingSection(answer, () => look(question, { ...how, focus: true })));
      return whole;
    };
    if (answer.ambiguous) return showChoices(answer, question, how, legend, banner);
    if (answer.parcels.length > 1) return showSite(answer, how, { question, legend, banner });
    showParcel(answer, answer.parcels[0], how, { question, legend, banner });
  }

  async function showLast(last, question, how) {
    const banner = () => rememberedBanner(last.at, () => look(question, how));
    const more = { legend: await whenLegend, banner };
    if (last.parcel) showParcel(last.answer, last.parcel, how, more);
    else showSite(last.answer, how, more);
  }

  /** A question that fits no address: an area, a table of corners, several parcels. Its answer has an address. */
  async function lookAtBody(body, back) {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    writeQuestion(null);
    showLoading();
    try {
      const [answer, legend] = await Promise.all([askBody(body, signal), whenLegend]);
      const more = { question: { answer: answer.receipt.id }, legend, back, backText: "ways.mend" };
      writeQuestion(more.question, { replace: true });
      const how = { move: true, focus: true };
      if (answer.parcels.length > 1) showSite(answer, how, more);
      else showParcel(answer, answer.parcels[0], how, more);
    } catch (fault) {
      if (isGivenUp(fault) || signal.aborted) return;
      if (!(fault instanceof Refusal)) throw fault;
      const title = t(fault.status === 404 ? "missing.title" : "failed.title");
      const mend = el("div", { class: "actions" },
        el("button", { type: "button", class: "button", onclick: back }, t("ways.mend")));
      showPanel(title, [el("p", { class: "told" }, fault.message), mend], { state: "missing", focus: true, said: fault.message });
    }
  }

  function showSite(answer, how, more) {
    const { question, banner = null, back = null } = more;
    const geometries = answer.parcels.map((parcel) => parcel.geometry);
    ground.light(answer.ground?.geometry ? [...geometries, answer.ground.geometry] : geometries, how);
    const again = { move: true, focus: true };
    const choose = (parcel) => showParcel({ ...answer, notices: [] }, parcel, again,
      { legend: more.legend, banner, back: () => showSite(answer, again, more), backText: "site.back" });
    const point = (parcels) => ground.light(parcels.map((parcel) => parcel.geometry));
    showPanel(t("site.title", { n: answer.parcels.length }),
      [banner?.(), ...siteFor(answer, choose, point), actions(ground, back, "ways.mend")].filter(Boolean),
      { focus: how.focus, said: answer.verdict?.sentence });
    if (question) rememberAnswer(answer, null, question);
    if (question?.answer) pointOut(question.answer);
  }

  /** A kept answer stays in the address whichever of its parcels is shown. */
  function showChoices(answer, question, how, legend, banner = null) {
    const geometries = answer.parcels.map((parcel) => parcel.geometry);
    ground.light(geometries, how);
    const choose = (parcel) => {
      const meant = banner ? question : exactly(parcel);
      writeQuestion(meant);
      const back = () => {
        writeQuestion(question);
        showChoices(answer, question, { move: true, focus: true }, legend, banner);
      };
      showParcel({ ...answer, notices: [] }, parcel, { move: true, focus: true }, { question: meant, legend, banner, back });
    };
    const point = (parcels) => ground.light(parcels.map((parcel) => parcel.geometry));
    showPanel(t("choose.title", { n: answer.parcels.length }),
      [banner?.(), ...choices(answer.parcels, choose, point)].filter(Boolean), { state: "choose", focus: how.focus });
  }

  /** @param {{question?: any, legend: any[], banner?: (() => Node)|null, back?: (() => void)|null, backText?: string, house?: {layer: any, feature: any}|null}} more */
  function showParcel(answer, parcel, how, { question, legend, banner = null, back = null, backText, house = null }) {
    ground.light([parcel.geometry], how);
    const statuses = legend.find((layer) => layer.id === config.parcels)?.properties
      .find((property) => property.name === "status")?.values ?? {};
    const layerSwitch = (layer) => ground.later((parts) => parts.layerSwitch(layer));
    showPanel(houseName(answer, parcel, house),
      [banner?.(), ...answerFor(answer, parcel, layerSwitch, statuses), house && houseFacts(house), actions(ground, back, backText, parcel.id)].filter(Boolean),
      { focus: how.focus, said: (answer.building ?? []).find((entry) => entry.parcel_id === parcel.id)?.verdict?.sentence });
    if (question) rememberAnswer(answer, parcel, question);
    if (question?.answer) pointOut(question.answer);
  }

  async function readFeature({ layer: id, id: featureId }, signal) {
    // Read before anything is waited for: it is the day of the map that was tapped.
    const day = asOf();
    const layer = (await whenLegend).find((entry) => entry.id === id);
    const on = layer?.history ? day : {};
    const feature = await ask(`/ogc/collections/${id}/items/${featureId}`, { f: "json", ...on }, { signal });
    if (!layer) throw new Refusal(404, t("failed.missing"));
    return { layer, feature };
  }

  async function lookAtFeature({ layer: id, id: featureId }, how, signal) {
    const { layer, feature } = await readFeature({ layer: id, id: featureId }, signal);
    ground.light([feature.geometry], how);
    const content = featureFacts(layer, feature);
    if (id === config.units) content.unshift(...await unitToday(layer, feature, signal));
    if (id === config.stations) content.push(await latestReadings(feature.properties.code));
    if (id === config.streets) content.push((await import("./strip.js")).stripForm(featureId, ground.light));
    if (signal.aborted) return;
    showPanel(featureName(layer, feature), [...content, actions(ground, null)], { focus: how.focus, state: "feature" });
  }

  function stop() {
    running.abort();
    ground.dark();
    writeQuestion(null);
  }

  return { look, lookAtBody, stop };
}
