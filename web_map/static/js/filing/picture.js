import { config } from "../config.js";
import { t } from "../texts.js";

const WIDTH = 900, EDGE = 50, QR = 360, PAPER = "#ffffff", INK = "#2b2722", SOFT = "#5c5449", WARN = "#7a4300";

/** The receipt as a picture among the phone's own, with code, key and QR code. */
export async function savePicture(filing, rows) {
  const qr = new Image();
  qr.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(filing.qr.replace("<svg", `<svg width="${QR}" height="${QR}"`))}`;
  await qr.decode();
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const font = (px, weight = 400) => `${weight} ${px}px "Be Vietnam Pro", sans-serif`;
  const lines = rows.flatMap(([name, value]) => [{ text: name, font: font(26), ink: SOFT, step: 40 }, ...wrapped(pen, value, font(32, 600)).map((text) => ({ text, font: font(32, 600), ink: INK, step: 46 }))]);
  const said = [
    ...(config.city.demo ? wrapped(pen, t("page.synthetic"), font(26, 600)).map((text) => ({ text, font: font(26, 600), ink: WARN, step: 40 })) : []),
    { text: t("sent.paper"), font: font(44, 600), ink: INK, step: 70 },
    { text: t("sent.code"), font: font(26), ink: SOFT, step: 44 }, { text: filing.code, font: font(48, 600), ink: INK, step: 66 },
    { text: t("sent.key"), font: font(26), ink: SOFT, step: 44 }, { text: filing.key, font: font(44, 600), ink: INK, step: 66 },
  ];
  canvas.width = WIDTH;
  canvas.height = EDGE * 2 + [...said, ...lines].reduce((sum, line) => sum + line.step, 0) + QR + 60;
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  let y = EDGE;
  const write = (line) => {
    pen.font = line.font;
    pen.fillStyle = line.ink;
    y += line.step;
    pen.fillText(line.text, EDGE, y - 14);
  };
  said.forEach(write);
  pen.drawImage(qr, EDGE, y + 20, QR, QR);
  y += QR + 50;
  lines.forEach(write);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `ho-so-${filing.code}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function wrapped(pen, text, font) {
  pen.font = font;
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (pen.measureText(longer).width > WIDTH - 2 * EDGE && lines.at(-1)) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
