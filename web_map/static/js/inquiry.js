import { answerFor, choices } from "./answer.js";
import { parameters, writeQuestion } from "./address.js";
import { ask, isGivenUp, Refusal } from "./ask.js";
import { actions } from "./actions.js";
import { config, inWords } from "./config.js";
import { featureFacts, featureName, latestReadings } from "./feature.js";
import { boxAround } from "./highlight.js";
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

  /** @param {import("./address.js").Question} question @param {{move?: boolean, focus?: boolean}} [how] */
  async function look(question, how = {}) {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    writeQuestion(question);
    showLoading();
    try {
      if (question.feature) await lookAtFeature(question.feature, how, signal);
      else await lookAtParcels(question, how, signal);
    } catch (fault) {
      if (isGivenUp(fault) || signal.aborted) return;
      if (question.point) highlight?.show([{ type: "Point", coordinates: question.point }]);
      else highlight?.clear();
      if (fault instanceof Refusal && fault.status === 404) showMissing(fault.message);
      else if (fault instanceof Refusal) showFailure(fault.message, () => look(question, how));
      else throw fault;
    }
  }

  async function lookAtParcels(question, how, signal) {
    const answer = await ask("/api/planning/lookup", { ...parameters(question), ...inWords }, { signal });
    if (answer.parcels.length === 1) showParcel(answer, answer.parcels[0], how);
    else showChoices(answer, question, how);
  }

  function showChoices(answer, question, how) {
    light(answer.parcels.map((parcel) => parcel.geometry), how);
    const choose = (parcel) => showParcel(answer, parcel, { move: true, focus: true }, question);
    const point = (parcels) => highlight?.show(parcels.map((parcel) => parcel.geometry));
    showPanel(t("choose.title", { n: answer.parcels.length }), choices(answer.parcels, choose, point), {
      state: "choose", focus: how.focus,
    });
  }

  function showParcel(answer, parcel, how, chosenFrom = null) {
    const { sheet_no: sheet, parcel_no: number, unit_code: unit, identifier } = parcel;
    // The number may be shared by several parcels: what was chosen among them is kept by its identifier.
    const exact = chosenFrom && identifier ? { identifier } : { sheet, parcel: number, unit };
    writeQuestion(exact, { replace: chosenFrom === null });
    light([parcel.geometry], how);
    const back = chosenFrom && (() => showChoices(answer, chosenFrom, { move: true, focus: true }));
    showPanel(t("answer.parcel", { parcel: number, sheet }),
      [...answerFor(answer, parcel, layerSwitch, statuses), actions(map, back)], { focus: how.focus });
  }

  async function lookAtFeature({ layer: id, id: featureId }, how, signal) {
    const layer = legend.find((entry) => entry.id === id);
    const feature = await ask(`/ogc/collections/${id}/items/${featureId}`, { f: "json" }, { signal });
    if (!layer) throw new Refusal(404, t("failed.server"));
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
