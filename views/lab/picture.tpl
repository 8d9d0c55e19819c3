% import math
% whole = record.ms or 1
% step = 10 ** math.floor(math.log10(whole / 2 or 1))
% step = next(step * times for times in (1, 2, 5, 10) if whole / (step * times) <= 5)
<section class="lab-picture" aria-label="Its way">
  <div class="lab-axis">
    <span class="lab-axis-what">Its way</span>
    <svg class="lab-scale" role="img" width="100%" height="40" aria-labelledby="lab-time lab-time-words">
      <title id="lab-time">The time line</title>
      <desc id="lab-time-words">From 0 to {{milliseconds(record.ms)}}. The marks below are the {{record.statement_count}} statements.</desc>
      % for number in range(math.floor(whole / step) + 1):
      % left = number * step / whole * 100
      <line class="lab-tick" x1="{{f"{left:.2f}"}}%" x2="{{f"{left:.2f}"}}%" y1="18" y2="40"/>
      % if left < 88:
      <text x="{{f"{left:.2f}"}}%" y="13" dx="{{0 if number == 0 else -3}}">{{f"{number * step:g}"}}{{" ms" if number == 0 else ""}}</text>
      % end
      % end
      <rect class="lab-whole" x="0" y="24" width="100%" height="10" rx="2"/>
      % for each in record.statements:
      % left = min(max(each.began / whole * 100, 0), 99.6)
      <rect class="lab-sql" x="{{f"{left:.2f}"}}%" y="24" width="{{f"{min(max(each.ms / whole * 100, 0.4), 100 - left):.2f}"}}%" height="10"/>
      % end
    </svg>
  </div>
  % include("lab/lines", record=record, lines=lines, here=here, milliseconds=milliseconds, place_on_time=place_on_time)
</section>
