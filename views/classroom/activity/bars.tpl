% width = max(len(bars) * 6, 60)
% step = width / len(bars)
% days = [number for number, count in enumerate(bars) if count]
% words = f"{sum(bars):,} rows on {len(days)} of {len(bars)} days" if span.days_of_bar == 1 else f"{sum(bars):,} rows in {len(days)} of {len(bars)} times of {span.days_of_bar} days"
<svg class="chart" role="img" aria-label="{{words}}" width="{{width}}" height="30" viewBox="0 0 {{width}} 30">
  <title>{{words}}</title>
  <line x2="{{width}}" y1="29.5" y2="29.5"/>
  % for number in days:
  % height = max(round(28 * bars[number] / largest, 1), 2)
  <rect class="bar" x="{{round(number * step, 2)}}" y="{{round(29 - height, 1)}}" width="{{round(step * 0.8, 2)}}" height="{{height}}"/>
  % end
</svg>
