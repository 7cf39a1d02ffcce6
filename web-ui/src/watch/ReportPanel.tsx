import type { JSX } from 'preact';
import type { Check, CheckResult, Report } from '../api/shapes';
import { Icon } from '../design/icons';
import { clockTime } from '../design/words';
import { reportTitle } from './words';

/** What a finished recording was found to be: a line, and more for who wants to know. */
export function ReportPanel({ report }: { report: Report }): JSX.Element {
  const judged = report.checks.filter((check) => check.result !== 'not-applicable');
  return (
    <details class="report" data-testid="report" data-result={report.result}>
      <summary>
        <Mark result={report.result} />
        {reportTitle(report)}
      </summary>
      <p>{report.words}</p>
      <ul>
        {judged.map((check) => (
          <CheckLine key={check.code} check={check} />
        ))}
      </ul>
    </details>
  );
}

function CheckLine({ check }: { check: Check }): JSX.Element {
  return (
    <li data-testid={`check-${check.code}`}>
      <Mark result={check.result} />
      <span>
        {check.words}
        {check.places.map((place) => (
          <span class="report-place" key={`${place.rendition ?? ''} ${place.startMillis} ${place.words}`}>
            {clockTime(place.startMillis)}
            {place.rendition ? ` (${place.rendition})` : ''}: {place.words}
          </span>
        ))}
      </span>
    </li>
  );
}

function Mark({ result }: { result: CheckResult }): JSX.Element {
  const failed = result === 'failed';
  return (
    <span class={failed ? 'report-mark failed' : 'report-mark'}>
      <Icon name={failed ? 'warning' : 'check'} size={16} />
    </span>
  );
}
