% step = 100 / max(len(chart.bars), 8)
% last = len(chart.bars) - 1
<svg class="chart" role="img" aria-labelledby="chart-title chart-words" width="100%" height="280">
  <title id="chart-title">{{chart.title}}</title>
  <desc id="chart-words">{{chart.words}}</desc>
  <text y="14">{{f"{chart.largest:,}"}}</text>
  <line x2="100%" y1="20.5" y2="20.5"/>
  % for place, bar in enumerate(chart.bars):
  % height = round(2.2 * bar.length, 1)
  <rect class="{{"bar rest" if bar.is_rest else "bar"}}" x="{{round(place * step, 3)}}%" y="{{round(240.5 - height, 1)}}" width="{{round(step * 0.86, 3)}}%" height="{{height}}"><title>{{bar.label}}: {{bar.number}}</title></rect>
  % end
  <line x2="100%" y1="240.5" y2="240.5"/>
  <text y="260">{{chart.bars[0].label}}</text>
  % if last:
  <text class="end" x="{{round((last + 1) * step, 3)}}%" y="260">{{chart.bars[last].label}}</text>
  % end
</svg>
