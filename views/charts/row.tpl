% step = 100 / max(len(chart.bars), 5)
% last = sum(not bar.is_rest for bar in chart.bars)
<svg class="chart" role="img" aria-labelledby="chart-title chart-words" width="100%" height="286">
  <title id="chart-title">{{chart.title}}</title>
  <desc id="chart-words">{{chart.words}}</desc>
  <text y="14">{{f"{chart.largest:,}"}}</text>
  <line x2="100%" y1="20.5" y2="20.5"/>
  % for place, bar in enumerate(chart.bars):
  % height = round(2.2 * bar.length, 1)
  <rect class="{{"bar rest" if bar.is_rest else "bar"}}" x="{{round(place * step, 3)}}%" y="{{round(240.5 - height, 1)}}" width="{{round(step * 0.86, 3)}}%" height="{{height}}"><title>{{bar.label}}: {{bar.number}}</title></rect>
  % end
  <line x2="100%" y1="240.5" y2="240.5"/>
  % if last:
  <text y="260">{{chart.bars[0].label}}</text>
  % end
  % if last > 1:
  <text class="end" x="{{round(last * step, 3)}}%" y="260">{{chart.bars[last - 1].label}}</text>
  % end
  % for place in range(last, len(chart.bars)):
  <text class="end" x="{{round((place + 1) * step, 3)}}%" y="280">{{chart.bars[place].label}}</text>
  % end
</svg>
