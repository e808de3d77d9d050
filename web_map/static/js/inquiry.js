import { answerFor, choices } from "./answer.js";
import { parameters, writeQuestion } from "./address.js";
import { ask, isGivenUp, Refusal } from "./ask.js";
import { actions } from "./actions.js";
import { config, inWords } from "./config.js";
import { featureFacts, featureName, latestReadings } from "./feature.js";
import { boxAround } from "./highlight.js";
import { pointInside } from "./inside.js";
import { showBox } from "./map.js";
import { showFailure, showLoading, showMissing, showPanel } from "./panel.js";
import { t } from "./texts.js";

/**
 * From a question to what is shown: one at a time, the last one wins.
 * @param {object} parts
 * @param {import("maplibre-gl").Map|null} parts.map
 * @param {ReturnType<import("./highlight.js").makeHighlight>|null} parts.highlight
 * @param {any[]} parts.legend
 * @param {(layer: string) => Node|null} parts.layerSwitch
 */
export function makeInquiry({ map, highlight, legend, layerSwitch }) {
  let running = new AbortController();
  const parcels = legend.find((layer) => layer.id === config.parcels);
  const statuses = parcels?.properties.find((property) => property.name === "status")?.values ?? {};

  /** @param {import("./address.js").Question} question @param {{move?: boolean, focus?: boolean, again?: boolean}} [how] */
  async function look(question, how = {}) {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    writeQuestion(question, { replace: how.again });
    showLoading();
    try {
      if (question.feature?.layer === config.parcels) await lookAtOneParcel(question.feature.id, how, signal);
      else if (question.feature) await lookAtFeature(question.feature, how, signal);
      else await lookAtParcels(question, how, signal);
    } catch (fault) {
      if (isGivenUp(fault) || signal.aborted) return;
      const missing = fault instanceof Refusal && fault.status === 404;
      if (question.point) highlight?.show([{ type: "Point", coordinates: question.point }], { quiet: missing });
      else highlight?.clear();
      if (missing) showMissing(t(question.point ? "missing.ground" : "missing.title"), fault.message);
      else if (fault instanceof Refusal) showFailure(fault.message, () => look(question, how));
      else throw fault;
    }
  }

  async function lookAtParcels(question, how, signal) {
    const answer = await askPlans(question, signal);
    if (answer.parcels.length > 1) return showChoices(answer, question, how);
    const [parcel] = answer.parcels;
    if (!question.sheet) writeQuestion(exactly(parcel), { replace: true });
    showParcel(answer, parcel, how);
  }

  /** The look-up knows numbers and places: it is asked at a place inside the parcel, then by its number. */
  async function lookAtOneParcel(id, how, signal) {
    const feature = await ask(`/ogc/collections/${config.parcels}/items/${id}`, { f: "json" }, { signal });
    const { identifier, sheet_no: sheet, parcel_no: parcel, unit_code: unit } = feature.properties;
    const point = pointInside(feature.geometry);
    for (const question of [identifier ? { identifier } : { point }, { sheet, parcel, unit }]) {
      const answer = await askPlans(question, signal).catch(unlessMissing);
      const meant = answer?.parcels.find((found) => found.id === Number(id));
      if (!meant) continue;
      writeQuestion(exactly(meant), { replace: true });
      // What is told of several parcels is of no use to who has chosen one of them.
      const notices = answer.parcels.length > 1 ? [] : answer.notices;
      return showParcel({ ...answer, notices }, meant, how);
    }
    throw new Refusal(404, t("failed.missing"));
  }

  function showChoices(answer, question, how) {
    light(answer.parcels.map((parcel) => parcel.geometry), how);
    const choose = (parcel) => {
      writeQuestion(exactly(parcel));
      showParcel({ ...answer, notices: [] }, parcel, { move: true, focus: true }, () => {
        writeQuestion(question);
        showChoices(answer, question, { move: true, focus: true });
      });
    };
    const point = (parcels) => highlight?.show(parcels.map((parcel) => parcel.geometry));
    showPanel(t("choose.title", { n: answer.parcels.length }), choices(answer.parcels, choose, point), {
      state: "choose", focus: how.focus,
    });
  }

  function showParcel(answer, parcel, how, back = null) {
    light([parcel.geometry], how);
    showPanel(t("answer.parcel", { parcel: parcel.parcel_no, sheet: parcel.sheet_no }),
      [...answerFor(answer, parcel, layerSwitch, statuses), actions(map, back)], { focus: how.focus });
  }

  async function lookAtFeature({ layer: id, id: featureId }, how, signal) {
    const layer = legend.find((entry) => entry.id === id);
    const feature = await ask(`/ogc/collections/${id}/items/${featureId}`, { f: "json" }, { signal });
    if (!layer) throw new Refusal(404, t("failed.missing"));
    light([feature.geometry], how);
    const content = featureFacts(layer, feature);
    if (id === config.stations) content.push(await latestReadings(feature.properties.code));
    if (signal.aborted) return;
    showPanel(featureName(layer, feature), [...content, actions(map, null)], { focus: how.focus, state: "feature" });
  }

  function light(geometries, { move = false }) {
    highlight?.show(geometries);
    if (map && move) requestAnimationFrame(() => showBox(map, boxAround(geometries)));
  }

  function stop() {
    running.abort();
    highlight?.clear();
    writeQuestion(null);
  }

  return { look, stop };
}

const askPlans = (question, signal) =>
  ask("/api/planning/lookup", { ...parameters(question), ...inWords }, { signal, worded: true });

function unlessMissing(fault) {
  if (fault instanceof Refusal && fault.status === 404) return null;
  throw fault;
}

/** The question that means this parcel and no other, today and after a change of numbers. */
function exactly({ identifier, id }) {
  return identifier ? { identifier } : { feature: { layer: config.parcels, id: String(id) } };
}
