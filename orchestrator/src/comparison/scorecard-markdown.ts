import type { Provenance, Scorecard, ScorecardLine } from '@project-devops/simulation/protocol';
import { figureText, METRIC_NAMES, nodeName, signedError } from './wording.ts';

const HEAD = ['where', 'figure', 'predicted', 'measured', 'error', 'bias', 'mean abs. error'];
const EXPLANATION =
  'Error is prediction minus measurement: in per cent of the measured figure for rates and times, in percentage points for ratios. Bias and mean absolute error are means over windows of ten seconds. Both sides are read from the same latency buckets.';

/** The scorecard as a Markdown document of its own. */
export function scorecardMarkdown(scorecard: Scorecard): string {
  const { grade, lines, provenance } = scorecard;
  const blocks = [
    '# Predicted and measured',
    `**Grade: ${grade.grade ?? 'none'}.** ${cell(grade.reason)}`,
    spanSentence(scorecard),
    [row(HEAD), row(HEAD.map(() => '---')), ...lines.map((line) => row(cellsOf(line)))].join('\n'),
    EXPLANATION,
    provenanceList(provenance),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function spanSentence({ startMs, endMs, validWindows, invalidWindows }: Scorecard): string {
  const windows = `${validWindows} windows compared`;
  const left = `${invalidWindows} left out because k6 could not offer the load`;
  return `Simulated time ${startMs / 1000} s to ${endMs / 1000} s; ${windows}, ${left}.`;
}

/** The cells of a line; where there is no error figure, the reason stands in its place. */
export function cellsOf(line: ScorecardLine): string[] {
  const { node, metric, predicted, measured, error, bias, meanAbsoluteError } = line;
  const signed = (value: number | null) => (value === null ? '-' : signedError(metric, value));
  return [
    nodeName(node),
    METRIC_NAMES[metric],
    figureText(metric, predicted),
    figureText(metric, measured),
    error === null ? stateText(line.state) : signed(error),
    signed(bias),
    meanAbsoluteError === null ? '-' : signed(meanAbsoluteError).slice(1),
  ];
}

function stateText(state: ScorecardLine['state']): string {
  switch (state.state) {
    case 'compared':
      return '-';
    case 'no-data':
      return state.ageMs === null ? 'no data' : `no data (${Math.round(state.ageMs / 1000)} s)`;
    case 'not-modelled':
      return 'not modelled';
    case 'too-few':
      return `too few (${Math.round(state.samples)})`;
  }
}

function provenanceList({ profile, hardware, versions, ...run }: Provenance): string {
  const measuredOn = profile.measuredOn === null ? 'not calibrated' : profile.measuredOn;
  const facts = [
    `Scenario ${run.scenario}, seed ${run.seed}, rules ${run.ruleset}, scale 1/${run.scale}`,
    `Profile: ${profile.name} (${measuredOn})`,
    `Machine: ${hardware.cpu}, ${hardware.cores} cores, ${hardware.memoryMiB} MiB`,
    ...Object.entries(versions).map(([name, version]) => `${name} ${version}`),
  ];
  return facts.map((fact) => `- ${cell(fact)}`).join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** Foreign text, kept from ending a cell or a line. */
function cell(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, ' ').replaceAll('|', '\\|');
}
