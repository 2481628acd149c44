/** The list of kernels: what there is, where it stands, and which publication it follows. Data only; each file says more. */

export type Kernel = {
  /** Name by which rules and reports refer to the kernel: `quality/range`. */
  id: string
  title: string
  /** File inside this package. */
  file: string
  source: string
}

export const kernels: readonly Kernel[] = [
  kernel('quality/range', 'Value outside its limits', 'WMO-No. 8 (2018) V.1; IOC Manuals and Guides 22'),
  kernel('quality/negative', 'Negative amount', 'WMO-No. 8 (2018) V.1'),
  kernel('quality/step', 'Change too fast for the time between two values', 'WMO-No. 8 (2018) V.1'),
  kernel('quality/spike', 'Single value away from its neighbours', 'IOC Manuals and Guides 22; Hampel 1974'),
  kernel('quality/flat-line', 'Same value for too long', 'QARTOD water level manual (2016)'),
  kernel('quality/straight-line', 'Readings on an exact straight line', 'Rule of the basin collection'),
  kernel('quality/rate-of-rise', 'Rise within a window of time', 'Lemire 2006'),
  kernel('quality/datum-jump', 'Lasting change of the gauge zero', 'Huber 1981; Fearnhead and Rigaill 2019'),
  kernel('quality/daily-grid', 'Readings on a grid of days', 'Bookkeeping'),
  kernel('quality/date-shift', 'Dates some days late or early', 'Box and Jenkins 1970; Bentley 1984'),
  kernel(
    'quality/river-consistency',
    'Value that does not fit the stations upstream',
    'Huber 1964; WMO-No. 168',
  ),
  kernel('statistics/calendar', 'Local days, months and years', 'Richards 1998'),
  kernel(
    'statistics/quantile',
    'Sample quantiles and plotting positions',
    'Hyndman and Fan 1996; Weibull 1939',
  ),
  kernel('statistics/climatology', 'Day-of-year percentiles', 'WMO-No. 1203 (2017); Zhang et al. 2005'),
  kernel('statistics/percentile-rank', 'Rank of a value in a climatology row', 'Hyndman and Fan 1996'),
  kernel('statistics/flow-duration', 'Flow duration curve', 'Vogel and Fennessey 1994'),
  kernel('statistics/annual-extremes', 'Highest and lowest value of each year', 'WMO-No. 168 (2009) II.5.2'),
  kernel('statistics/aggregation', 'Hours, days, months, years', 'WMO-No. 1203 (2017); Kahan 1965'),
  kernel('statistics/downsampling', 'First, lowest, highest, last of each pixel', 'Jugel et al. 2014'),
  kernel(
    'frequency/special-functions',
    'Gamma and normal functions',
    'Abramowitz and Stegun 1964; Wichura 1988',
  ),
  kernel('frequency/l-moments', 'Sample L-moments', 'Hosking 1990'),
  kernel('frequency/gumbel', 'Gumbel distribution', 'Hosking and Wallis 1997, A.3'),
  kernel('frequency/gev', 'Generalised extreme value distribution', 'Hosking and Wallis 1997, A.7'),
  kernel('frequency/pearson3', 'Pearson III and log-Pearson III', 'Hosking and Wallis 1997, A.9'),
  kernel('frequency/distributions', 'The distributions under one shape', 'Hosking and Wallis 1997'),
  kernel('frequency/return-levels', 'Return levels with intervals', 'Efron and Tibshirani 1993'),
  kernel('frequency/goodness-of-fit', 'Measures of fit', 'Stedinger, Vogel and Foufoula-Georgiou 1993'),
  kernel('portable-mathematics', 'Elementary functions, equal on every machine', 'Cody and Waite 1980'),
  kernel('random/generator', 'Seeded random numbers', 'Blackman and Vigna 2021; Marsaglia and Tsang 2000'),
  kernel('runoff/gr4j', 'Daily rainfall-runoff model GR4J', 'Perrin, Michel and Andreassian 2003'),
  kernel('runoff/potential-evapotranspiration', 'Potential evapotranspiration', 'Oudin et al. 2005; FAO-56'),
  kernel('routing/muskingum', 'Muskingum channel routing', 'Chow, Maidment and Mays 1988, 8.4'),
  kernel('routing/lag', 'Lag routing', 'WMO-No. 168 (2009) II.6.3'),
  kernel('rain/rain-generator', 'Daily rain of many sub-basins', 'Richardson 1981; Wilks 1998'),
  kernel('rating/rating-curve', 'Discharge from level and back', 'WMO-No. 1044 (2010); ISO 18320'),
  kernel('demonstration/season', 'Simulated season on a river', 'Chain of the kernels above'),
  kernel('demonstration/basin-zones', 'Climate and parameters by zone', 'State of the Basin Report 2018'),
]

function kernel(id: string, title: string, source: string): Kernel {
  return { id, title, file: `${id}.ts`, source }
}
