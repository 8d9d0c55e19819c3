<div class="table" role="region" aria-label="The first rows of the file" tabindex="0">
  <table>
    <thead>
      <tr><th scope="col" class="number">Line</th>
        % for heading in headings:
        <th scope="col"><bdi>{{heading}}</bdi></th>
        % end
      </tr>
    </thead>
    <tbody>
      % for number, cells in first:
      <tr><td class="number">{{number}}</td>
        % for cell in cells:
        <td><bdi>{{cell}}</bdi></td>
        % end
      </tr>
      % end
    </tbody>
  </table>
</div>
