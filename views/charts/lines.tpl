% # No measures of the picture but percents, so that letters keep their size on a phone.
<svg class="chart" role="img" aria-labelledby="chart-title chart-words" width="100%" height="{{44 * len(chart.bars)}}">
  <title id="chart-title">{{chart.title}}</title>
  <desc id="chart-words">{{chart.words}}</desc>
  % for place, bar in enumerate(chart.bars):
  <svg y="{{44 * place}}" width="100%" height="44">
    <svg width="78%" height="24"><text y="17">{{bar.label}}</text></svg>
    <text class="end" x="100%" y="17">{{bar.number}}</text>
    <rect class="{{"bar rest" if bar.is_rest else "bar"}}" y="25" width="{{bar.length}}%" height="10" rx="2"/>
  </svg>
  % end
</svg>
